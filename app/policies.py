"""Who may do what: the one page to read.

A permission is granted when all predicates of any one row hold (`app.predicates` says what each asks). Some permissions need a
membership as well, where the leaders say so: the table `NEEDS`.
"""

from typing import Any

from app.predicates import (
    Policy,
    acts_for_hall,
    advises_its_category,
    answers_its_flags,
    anyone_may_see,
    asked_for_it,
    coordinates_it,
    coordinates_its_gig,
    did_not_decide_it,
    did_not_write_it,
    has_a_duty_in_it,
    has_been_sent,
    has_no_role_there,
    is_about_another,
    is_admin,
    is_applicant,
    is_asked,
    is_asked_to_lead,
    is_author,
    is_author_of_its_gig,
    is_client,
    is_concerned,
    is_draft,
    is_editable,
    is_for_anyone,
    is_for_everybody,
    is_in_view,
    is_leader,
    is_live,
    is_meant,
    is_member,
    is_moderator,
    is_no_ban,
    is_no_party,
    is_party,
    is_published,
    is_self,
    is_unanswered,
    is_without_pay,
    is_worker,
    keeps_its_board,
    leads_it,
    leads_its_category,
    leads_something,
    may_hand_it_over,
    members_may_post,
    outranks,
    owns_it,
    reads_along,
    reviews_its_category,
    reviews_something,
    shows_it,
    staffs_its_category,
    suggested_it,
    takes_part,
    vets_in_its_category,
    was_disputed,
)
from tenants.context import Actor, tenant_info_or_none
from tenants.restraints import Restraint

_NOTHING: frozenset[str] = frozenset()


# Permissions.

SEE_HALL = "see the hall"
LOOK_AROUND = "look around as a member"
SEE_MEMBER = "see a member"
EDIT_PROFILE = "edit a profile"
EDIT_PIECE = "edit a piece of a portfolio"
POST_GIG = "post a gig"
SEE_GIG = "see a gig"
EDIT_GIG = "edit a gig"
PUBLISH_GIG = "publish a gig"
RUN_GIG = "run a gig"
REVIVE_GIG = "let a gig be live again"
FIND_PEOPLE = "see whom a gig of one's own suits"
SEE_REVIEWS = "see what waits for review"
REVIEW_GIG = "review a gig"
SUGGEST_CHANGE = "suggest how a gig would better read"
TAKE_SUGGESTION = "take what was suggested for a gig"
DECLINE_SUGGESTION = "decline what was suggested for a gig"
TAKE_BACK_SUGGESTION = "take back what one suggested for a gig"
MERGE_GIG = "make one gig of two"
ANSWER_MERGE = "say whether a gig becomes one with another"
TAKE_BACK_MERGE = "take back that two gigs become one"
REMOVE_GIG = "remove a gig"
RUN_DESK = "work at a category's desk"
ANSWER_FLAG = "answer a report of a gig"
SEE_FIGURES = "see how a category does"
ASK_FOR_GIG = "ask people for a gig of others"
EDIT_CATEGORY = "edit a category"
KEEP_BOARD = "write a category's news and reading list"
DELEGATE = "delegate duties of a category"
END_DUTY = "end a delegated duty"
APPOINT = "appoint who leads a category"
SEE_OFFICE = "see a term of office"
BE_HERE = "do what every member may"
MANAGE_HALL = "manage the hall"
MANAGE_MONEY = "manage the money"
MANAGE_MEMBERS = "manage members"
MANAGE_ROLES = "give and take roles"
REMOVE_MEMBER = "remove a member"
LIFT_BAN = "lift a ban"
INVITE = "invite people"
IMPORT_LISTS = "bring lists in"
MODERATE = "moderate"
TAKE_MEASURE = "decide what follows a broken rule"
SEE_BANS = "see who is kept from a category"
BAN_FROM_CATEGORY = "ban somebody from one category"
TAKE_BACK_MEASURE = "take a decision back"
SEE_MEASURE = "see what was decided about somebody"
APPEAL = "ask somebody else to look at a decision"
ANSWER_APPEAL = "answer an appeal"
APPLY = "raise a hand for a gig"
SEE_APPLICATIONS = "see who raised a hand for a gig"
SEE_APPLICATION = "see an application"
ANSWER_APPLICATION = "answer an application"
OFFER_TERMS = "offer terms to an applicant"
WITHDRAW_APPLICATION = "withdraw an application"
SEE_AGREEMENT = "see an agreement"
BE_A_SIDE = "be a side of an agreement"
HAND_OVER = "hand over work"
ANSWER_WORK = "answer what was handed over"
PAY_IN = "pay for work"
EARN = "have earned by work"
SETTLE_DISPUTE = "settle a dispute"
ENDORSE = "endorse skills of the other side"
MAKE_PROJECT = "make a project of a request"
SEE_PROJECT = "see a project"
READ_WORKSPACE = "read what the people of a project write"
WRITE_WORKSPACE = "write into a project"
COORDINATE = "coordinate a project"
DECIDE_PROJECT = "decide about a project as its client"
ANSWER_PART = "answer a part in a project"
HAND_PROJECT_OVER = "ask somebody to lead a project on"
LEAD_PROJECT_ON = "say whether one leads a project on"
ASK_TO_BE_VETTED = "ask to be vetted"
SEE_VETTING = "see what somebody shows to be vetted"
DECIDE_VETTING = "decide whether somebody is vetted"
SETTLE_VETTING = "settle what those who decide differ about"
TAKE_BACK_VETTING = "take back what one asked to be vetted for"
ASK_EXPERTS = "ask a category's experts"
SEE_QUESTION = "read a question to experts"
ANSWER_QUESTION = "answer a question to experts"
RUN_QUESTION = "look after a question of one's own"
CONTACT = "begin to write to somebody"
SPEAK_OF = "speak of somebody"
SEE_THREAD = "read a thread"
RUN_ALERT = "run an alert"
ANSWER_VOUCH = "decide what of others' words is shown"
TAKE_BACK_VOUCH = "take back one's words for somebody"
WITHDRAW_REVIEW = "withdraw a review that one took elsewhere"
ANSWER_NAMING = "decide whether one's name is told elsewhere"
DROP_CARRIED = "take down a review from elsewhere"
SEE_PAGE = "read a page of the hall's own"
SEE_TIERS = "see what memberships there are"
HAVE_MEMBERSHIP = "buy and look after a membership"
SEE_OWN_GIGS = "see one's own gigs"
SEE_OWN_HANDS = "see where one raised a hand"
SEE_OWN_AGREEMENTS = "see one's own agreements"
SEE_OWN_MESSAGES = "see one's own messages"
LOOK_UP = "look up words and places while typing"
PAY_FOR_GIG = "pay for showing a gig"
PART_WAYS = "end what was agreed, or ask a leader to look"
REVIEW_WORK = "review the other side"
ASK_FOR_MANDATE = "ask that one member may act for another"
SEE_MANDATE = "see a mandate"
ANSWER_MANDATE = "consent to a mandate"
END_MANDATE = "end a mandate"
WITNESS_MANDATE = "witness somebody's consent to a mandate"
ACT_FOR = "act for somebody"

POLICIES: dict[str, Policy] = {
    SEE_HALL: [[anyone_may_see], [is_member]],
    BE_HERE: [[is_member]],
    # What suits them, what their alerts found: pages of a member's own that show other people's gigs.
    LOOK_AROUND: [[is_member]],
    # Of somebody who left, the page shows nothing but that.
    SEE_MEMBER: [[anyone_may_see], [is_member]],
    EDIT_PROFILE: [[is_self]],
    EDIT_PIECE: [[shows_it]],
    POST_GIG: [[is_member, members_may_post], [leads_something], [is_moderator]],
    SEE_GIG: [
        [is_live, anyone_may_see, is_for_everybody],
        [is_live, is_member],
        [is_author],
        [leads_its_category, has_been_sent],
        [reviews_its_category, has_been_sent],
        [is_moderator, has_been_sent],
    ],
    EDIT_GIG: [[is_author, is_editable]],
    PUBLISH_GIG: [
        [is_author, is_draft, members_may_post],
        [is_author, is_draft, leads_something],
        [is_author, is_draft, is_moderator],
    ],
    # Pausing, closing, renewing and the like: which of them apply, the table of states says.
    RUN_GIG: [[is_author]],
    REVIVE_GIG: [[is_author]],
    FIND_PEOPLE: [[is_author], [coordinates_it]],
    SEE_REVIEWS: [[leads_something], [reviews_something], [is_moderator]],
    # Whose duty it is never looks at what they wrote themselves.
    REVIEW_GIG: [
        [leads_its_category, has_been_sent],
        [reviews_its_category, has_been_sent, did_not_write_it],
        [is_moderator, has_been_sent],
    ],
    # Whoever wrote it changes it without asking themselves.
    SUGGEST_CHANGE: [
        [leads_its_category, has_been_sent, did_not_write_it],
        [reviews_its_category, has_been_sent, did_not_write_it],
        [is_moderator, has_been_sent, did_not_write_it],
    ],
    TAKE_SUGGESTION: [[is_author]],
    DECLINE_SUGGESTION: [[is_author]],
    TAKE_BACK_SUGGESTION: [[suggested_it]],
    # Of two authors both are asked: this is the power to ask.
    MERGE_GIG: [
        [leads_its_category, has_been_sent],
        [reviews_its_category, has_been_sent],
        [is_moderator, has_been_sent],
        [is_author, is_live],
    ],
    ANSWER_MERGE: [[is_asked]],
    TAKE_BACK_MERGE: [[asked_for_it]],
    REMOVE_GIG: [[is_moderator, has_been_sent]],
    RUN_DESK: [[leads_it], [has_a_duty_in_it], [is_moderator]],
    # Nobody judges what is said of their own gig.
    ANSWER_FLAG: [
        [leads_its_category, did_not_write_it],
        [answers_its_flags, did_not_write_it],
        [is_moderator, did_not_write_it],
    ],
    EDIT_CATEGORY: [[leads_it], [is_admin]],
    KEEP_BOARD: [[leads_it], [keeps_its_board], [is_admin]],
    # Not by duty: whoever was given one gives none on.
    DELEGATE: [[leads_it], [is_admin]],
    END_DUTY: [[leads_its_category], [is_admin], [owns_it]],
    SEE_FIGURES: [[leads_it], [is_admin]],
    # As its author could: whoever looks after a field knows who is in it.
    ASK_FOR_GIG: [[leads_its_category, is_live], [is_admin, is_live]],
    # A role given is a power given: leaders only, as with all roles.
    APPOINT: [[is_leader]],
    SEE_OFFICE: [[is_leader], [owns_it]],
    MANAGE_HALL: [[is_admin]],
    # It is the leaders' account, and their name at the bank.
    MANAGE_MONEY: [[is_leader]],
    MANAGE_MEMBERS: [[is_admin]],
    REMOVE_MEMBER: [[outranks]],
    LIFT_BAN: [[is_admin]],
    # Whoever may give roles could give themselves any: leaders only.
    MANAGE_ROLES: [[is_leader]],
    INVITE: [[is_moderator]],
    IMPORT_LISTS: [[is_admin]],
    MODERATE: [[is_moderator]],
    TAKE_MEASURE: [[is_moderator, outranks]],
    # A duty at the desk is no reason to know it.
    SEE_BANS: [[leads_it], [is_moderator]],
    # A field's leaders keep nobody from it who has a say there: their term ends first.
    BAN_FROM_CATEGORY: [[leads_its_category, has_no_role_there], [is_moderator, has_no_role_there]],
    # Nobody lifts what was decided about themselves, and a ban is lifted by those alone who could lift it on the person's page.
    TAKE_BACK_MEASURE: [
        [is_admin, is_about_another],
        [is_moderator, is_about_another, is_no_ban],
        [leads_its_category, is_about_another],
    ],
    SEE_MEASURE: [[is_concerned], [is_moderator], [leads_its_category]],
    APPEAL: [[is_concerned]],
    # Whoever decided does not judge their own decision.
    ANSWER_APPEAL: [[is_moderator, did_not_decide_it]],
    APPLY: [[is_member, is_live]],
    # Of a role in a project its coordinator answers, on the client's behalf.
    SEE_APPLICATIONS: [[is_author], [coordinates_it]],
    SEE_APPLICATION: [[is_party]],
    ANSWER_APPLICATION: [[is_author_of_its_gig], [coordinates_its_gig]],
    OFFER_TERMS: [[is_author_of_its_gig], [coordinates_its_gig]],
    WITHDRAW_APPLICATION: [[is_applicant]],
    # What two people agreed is theirs; leaders look when one of the two asks them to.
    SEE_AGREEMENT: [[is_party], [is_moderator, was_disputed]],
    BE_A_SIDE: [[is_party]],
    HAND_OVER: [[is_worker]],
    ANSWER_WORK: [[is_client]],
    PAY_IN: [[is_client]],
    EARN: [[is_worker]],
    # Nobody settles a dispute of their own.
    SETTLE_DISPUTE: [[is_moderator, is_no_party, was_disputed]],
    ENDORSE: [[is_party]],
    # Whoever runs a field of work makes projects of its requests; each is known to those who are in it.
    MAKE_PROJECT: [[is_live, leads_its_category], [is_live, advises_its_category], [is_live, staffs_its_category]],
    # The marketplace's own are its leaders' to decide about.
    SEE_PROJECT: [[is_party], [acts_for_hall]],
    READ_WORKSPACE: [[reads_along]],
    WRITE_WORKSPACE: [[takes_part]],
    COORDINATE: [[coordinates_it]],
    DECIDE_PROJECT: [[is_client], [acts_for_hall]],
    ANSWER_PART: [[is_in_view]],
    # Its coordinator, or its client while nobody leads it any more.
    HAND_PROJECT_OVER: [[may_hand_it_over]],
    LEAD_PROJECT_ON: [[is_asked_to_lead]],
    ASK_TO_BE_VETTED: [[is_member]],
    SEE_VETTING: [[owns_it], [leads_its_category], [advises_its_category], [vets_in_its_category], [is_admin]],
    # Leaders of the marketplace decide where a category has fewer than two who could: `app.experts.deciders` counts them.
    DECIDE_VETTING: [
        [leads_its_category, is_about_another],
        [advises_its_category, is_about_another],
        [vets_in_its_category, is_about_another],
        [is_admin, is_about_another],
    ],
    SETTLE_VETTING: [[is_admin, is_about_another]],
    TAKE_BACK_VETTING: [[owns_it]],
    ASK_EXPERTS: [[is_member]],
    # What is answered for everybody is as open as its category; before that it is for whoever may answer.
    SEE_QUESTION: [
        [is_published, anyone_may_see],
        [is_published, is_member],
        [is_party],
        [leads_its_category, is_unanswered],
        [advises_its_category, is_unanswered],
        [is_moderator, is_unanswered],
    ],
    ANSWER_QUESTION: [[leads_its_category, is_about_another], [advises_its_category, is_about_another]],
    RUN_QUESTION: [[owns_it]],
    CONTACT: [[is_member]],
    SPEAK_OF: [[is_member]],
    SEE_THREAD: [[is_party]],
    RUN_ALERT: [[owns_it]],
    ANSWER_VOUCH: [[is_meant]],
    TAKE_BACK_VOUCH: [[is_author]],
    WITHDRAW_REVIEW: [[owns_it]],
    ANSWER_NAMING: [[is_author]],
    DROP_CARRIED: [[owns_it], [is_moderator]],
    # Only what is published is ever loaded; drafts are at the desk. What is for everybody is so in closed halls too.
    SEE_PAGE: [[is_for_anyone], [is_member]],
    SEE_TIERS: [[anyone_may_see], [is_member]],
    # Whoever may do nothing else without one.
    HAVE_MEMBERSHIP: [[is_member]],
    SEE_OWN_GIGS: [[is_member]],
    SEE_OWN_HANDS: [[is_member]],
    SEE_OWN_AGREEMENTS: [[is_member]],
    SEE_OWN_MESSAGES: [[is_member]],
    LOOK_UP: [[is_member]],
    PAY_FOR_GIG: [[is_author]],
    PART_WAYS: [[is_party]],
    REVIEW_WORK: [[is_party]],
    ASK_FOR_MANDATE: [[is_member]],
    SEE_MANDATE: [[is_party], [is_admin]],
    ANSWER_MANDATE: [[is_meant]],
    # Also for whoever does not sign in.
    END_MANDATE: [[is_party], [is_admin]],
    # Nobody bears witness in their own cause.
    WITNESS_MANDATE: [[is_admin, is_no_party]],
    ACT_FOR: [[owns_it]],
}


#: What needs a membership where the leaders say so: the permission, and for which purpose (`tenants.needs`).
NEEDS: dict[str, str] = {
    SEE_HALL: "see",
    LOOK_AROUND: "see",
    SEE_MEMBER: "see",
    SEE_GIG: "see",
    FIND_PEOPLE: "see",
    POST_GIG: "post",
    PUBLISH_GIG: "post",
    APPLY: "apply",
    CONTACT: "contact",
}

#: What moderators can take from somebody for a time: the permission, and under which of `tenants.restraints.DEEDS` it falls.
DEED_OF: dict[str, str] = {
    POST_GIG: "post",
    EDIT_GIG: "post",
    TAKE_SUGGESTION: "post",
    PUBLISH_GIG: "post",
    REVIVE_GIG: "post",
    APPLY: "apply",
    CONTACT: "write",
    OFFER_TERMS: "answer",
    ASK_EXPERTS: "write",
    SPEAK_OF: "speak",
    ENDORSE: "speak",
}

#: What whoever is kept from one category may do there all the same: a gig of theirs can be put elsewhere.
ANYWHERE = frozenset({EDIT_GIG})

#: Who needs none even so: what is one's own, or in one's care, stays in sight.
EVEN_SO: dict[str, Policy] = {
    SEE_MEMBER: [[is_self]],
    SEE_GIG: [[is_author]],
}


#: What somebody may do for another within a mandate, by what it was given for (`tenants.mandates`), beside what the other may
#: do themselves. What is in none of these nobody does for anybody: money, the account, consent, roles, words about people.
MANDATES: dict[str, dict[str, Policy]] = {
    "gigs": {
        POST_GIG: [[is_member]],
        # Drafts and what waits for review as well, of the member's own alone.
        SEE_GIG: [[is_author]],
        EDIT_GIG: [[is_author]],
        PUBLISH_GIG: [[is_author]],
        RUN_GIG: [[is_author]],
        REVIVE_GIG: [[is_author]],
        FIND_PEOPLE: [[is_author]],
        SEE_OWN_GIGS: [[is_member]],
        LOOK_UP: [[is_member]],
    },
    "applying": {
        APPLY: [[is_member]],
        SEE_APPLICATION: [[is_party]],
        SEE_APPLICATIONS: [[is_author]],
        ANSWER_APPLICATION: [[is_author_of_its_gig]],
        WITHDRAW_APPLICATION: [[is_applicant]],
        SEE_OWN_HANDS: [[is_member]],
        SEE_OWN_GIGS: [[is_member]],
    },
    "agreeing": {
        SEE_APPLICATION: [[is_party]],
        OFFER_TERMS: [[is_author_of_its_gig]],
        SEE_AGREEMENT: [[is_party]],
        BE_A_SIDE: [[is_party]],
        HAND_OVER: [[is_worker]],
        # Whoever accepts work lets its pay go.
        ANSWER_WORK: [[is_client, is_without_pay]],
        SEE_OWN_AGREEMENTS: [[is_member]],
    },
    "messages": {
        SEE_OWN_MESSAGES: [[is_member]],
        SEE_THREAD: [[is_party]],
        CONTACT: [[is_member]],
    },
}

#: What anybody who acts for another may look at, and no more than look: of gigs what every member sees.
TO_LOOK_AT: dict[str, Policy] = {
    SEE_HALL: [[is_member]],
    SEE_GIG: [[is_live]],
    SEE_MEMBER: [[is_member]],
    SEE_PAGE: [[is_member]],
}


def allows(permission: str, actor: Actor | None, thing: Any = None) -> bool:
    """Return whether `actor` has `permission` on `thing`.

    :raises KeyError: for a permission that the table does not hold.
    """
    return (
        grants(permission, actor, thing)
        and not lacks(permission, actor, thing)
        and restrained(permission, actor, thing) is None
    )


def grants(permission: str, actor: Actor | None, thing: Any = None) -> bool:
    """Return whether `actor` has `permission` on `thing`, or would have it with a membership."""
    return _holds(POLICIES[permission], actor, thing) and is_within_mandate(permission, actor, thing)


def is_within_mandate(permission: str, actor: Actor | None, thing: Any = None) -> bool:
    """Return whether the mandate under which somebody acts for `actor` lets them have `permission`; yes where nobody does."""
    if actor is None or actor.helper is None:
        return True
    within = (one.get(permission, []) for one in (TO_LOOK_AT, *(MANDATES[scope] for scope in actor.helper.scopes)))
    return any(_holds(policy, actor, thing) for policy in within)


def lacks(permission: str, actor: Actor | None, thing: Any = None) -> str:
    """Return the purpose for which `actor` needs a membership that they do not have; empty where nothing is lacking."""
    purpose = NEEDS.get(permission, "")
    if not purpose or purpose not in lacking(actor) or _holds(EVEN_SO.get(permission, []), actor, thing):
        return ""
    return purpose


def restrained(permission: str, actor: Actor | None, thing: Any = None) -> Restraint | None:
    """Return what keeps `actor` from a permission on `thing` for now, the longest of it, or None."""
    deed = DEED_OF.get(permission)
    if actor is None or deed is None or not actor.restraints:
        return None
    category_id = _category_of(thing) if permission not in ANYWHERE else None
    # Somebody who is kept from one category is so there alone.
    of_it = (one for one in actor.restraints if one.category_id is None or one.category_id == category_id)
    return max((one for one in of_it if deed in one.deeds), key=lambda one: one.until, default=None)


def _category_of(thing: Any) -> Any:
    """Return the category that a gig, or the gig of an application, is in."""
    return getattr(getattr(thing, "gig", thing), "category_id", None)


def lacking(actor: Actor | None) -> frozenset[str]:
    """Return the purposes for which somebody needs a membership here that they do not have."""
    hall = tenant_info_or_none()
    if hall is None or not hall.needs.of:
        return _NOTHING
    return hall.needs.lacking_outside() if actor is None else hall.needs.lacking(actor.roles, actor.cover)


def _holds(policy: Policy, actor: Actor | None, thing: Any) -> bool:
    return any(all(holds(actor, thing) for holds in row) for row in policy)
