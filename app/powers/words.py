"""The policy table in words: what each permission lets somebody do, and what each condition means."""

from app import policies as may
from app import predicates as asks
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.predicates import Predicate

ROLE_NAMES = {
    "visitor": _l("Visitor"),
    "member": _l("Member"),
    "expert": _l("Expert"),
    "category_leader": _l("Category leader"),
    "moderator": _l("Moderator"),
    "admin": _l("Admin"),
    "leader": _l("Leader"),
}

CONDITIONS: dict[Predicate, object] = {
    asks.leads_its_category: _lp("condition of a power", "in a category of theirs"),
    asks.advises_its_category: _lp("condition of a power", "in a category that they advise"),
    asks.leads_it: _lp("condition of a power", "a category of theirs"),
    asks.outranks: _lp("condition of a power", "somebody with less say"),
    asks.is_author: _lp("condition of a power", "what they wrote"),
    asks.is_self: _lp("condition of a power", "their own"),
    asks.shows_it: _lp("condition of a power", "their own"),
    asks.owns_it: _lp("condition of a power", "their own"),
    asks.is_meant: _lp("condition of a power", "what is about them"),
    asks.is_about_another: _lp("condition of a power", "about somebody else"),
    asks.is_party: _lp("condition of a power", "as one of the two"),
    asks.is_concerned: _lp("condition of a power", "what is about them"),
    asks.did_not_decide_it: _lp("condition of a power", "of others’ decisions"),
    asks.did_not_write_it: _lp("condition of a power", "of other people’s"),
    asks.is_no_party: _lp("condition of a power", "of other people"),
    asks.is_applicant: _lp("condition of a power", "their own"),
    asks.is_author_of_its_gig: _lp("condition of a power", "for a gig of theirs"),
    asks.coordinates_it: _lp("condition of a power", "what they coordinate"),
    asks.coordinates_its_gig: _lp("condition of a power", "for a role that they coordinate"),
    asks.is_in_view: _lp("condition of a power", "a part they were asked for"),
    asks.is_client: _lp("condition of a power", "as the client"),
    asks.is_worker: _lp("condition of a power", "as whoever does the work"),
    asks.is_live: _lp("condition of a power", "once it is live"),
    asks.is_for_everybody: _lp("condition of a power", "when it is for everybody"),
    asks.is_for_anyone: _lp("condition of a power", "when it is for anyone"),
    asks.is_draft: _lp("condition of a power", "while a draft"),
    asks.has_been_sent: _lp("condition of a power", "once it was sent in"),
    asks.is_editable: _lp("condition of a power", "before work begins"),
    asks.was_disputed: _lp("condition of a power", "when a side asked for help"),
}

#: Permissions by subject, in the order of the page.
PARTS: tuple[tuple[object, dict[str, object]], ...] = (
    (
        _l("Looking around"),
        {
            may.SEE_HALL: _l("See the marketplace"),
            may.SEE_GIG: _l("See a gig"),
            may.SEE_MEMBER: _l("See a member’s page"),
            may.SEE_PAGE: _l("Read the marketplace’s own pages"),
            may.SEE_TIERS: _l("See what memberships there are"),
            may.LOOK_AROUND: _l("See what suits one, and what one’s alerts found"),
        },
    ),
    (
        _l("Taking part"),
        {
            may.BE_HERE: _l("Do what every member may"),
            may.EDIT_PROFILE: _l("Write a profile"),
            may.EDIT_PIECE: _l("Show finished pieces"),
            may.RUN_ALERT: _l("Keep alerts"),
            may.CONTACT: _l("Write to somebody first"),
            may.SPEAK_OF: _l("Speak of somebody"),
            may.SEE_THREAD: _l("Read messages"),
            may.ANSWER_VOUCH: _l("Decide what is shown of others’ words"),
            may.TAKE_BACK_VOUCH: _l("Take back words for somebody"),
            may.ANSWER_NAMING: _l("Decide whether one’s name goes along with a review"),
            may.ASK_TO_BE_VETTED: _l("Ask to be vetted"),
            may.SEE_VETTING: _l("See what somebody shows to be vetted"),
            may.DECIDE_VETTING: _l("Decide whether somebody is vetted"),
            may.SETTLE_VETTING: _l("Decide where two differ about that"),
            may.TAKE_BACK_VETTING: _l("Take back what one asked to be vetted for"),
            may.WITHDRAW_REVIEW: _l("Withdraw a review that was taken elsewhere"),
            may.DROP_CARRIED: _l("Take down a review from elsewhere"),
            may.SEE_MEASURE: _l("Read a moderator’s decision"),
            may.APPEAL: _l("Appeal against a decision"),
            may.HAVE_MEMBERSHIP: _l("Buy and look after a membership"),
        },
    ),
    (
        _l("Gigs"),
        {
            may.POST_GIG: _l("Write a gig"),
            may.PUBLISH_GIG: _l("Publish a gig"),
            may.EDIT_GIG: _l("Change a gig"),
            may.RUN_GIG: _l("Pause, close or renew a gig"),
            may.REVIVE_GIG: _l("Let a gig be live again"),
            may.FIND_PEOPLE: _l("See whom a gig suits"),
            may.APPLY: _l("Raise a hand for a gig"),
            may.SEE_APPLICATIONS: _l("See who raised a hand"),
            may.SEE_APPLICATION: _l("Read what somebody wrote when raising a hand"),
            may.ANSWER_APPLICATION: _l("Answer whoever raised a hand"),
            may.WITHDRAW_APPLICATION: _l("Take one’s hand down"),
        },
    ),
    (
        _l("Work that is agreed"),
        {
            may.SEE_AGREEMENT: _l("Read an agreement"),
            may.BE_A_SIDE: _l("Propose, agree, end"),
            may.HAND_OVER: _l("Hand over work"),
            may.ANSWER_WORK: _l("Accept work, or ask for changes"),
            may.PAY_IN: _l("Pay for work"),
            may.EARN: _l("Be paid for work"),
            may.SETTLE_DISPUTE: _l("Settle a dispute"),
            may.ENDORSE: _l("Endorse the other side’s skills"),
        },
    ),
    (
        _l("Projects"),
        {
            may.MAKE_PROJECT: _l("Make a project of a request"),
            may.SEE_PROJECT: _l("See a project"),
            may.COORDINATE: _l("Plan a project, and answer for its roles"),
            may.DECIDE_PROJECT: _l("Decide about a project"),
            may.ANSWER_PART: _l("Say yes or no to a part"),
        },
    ),
    (
        _l("Categories"),
        {
            may.EDIT_CATEGORY: _l("Write a category’s words and rules"),
            may.APPOINT: _l("Appoint a category’s leaders and experts"),
            may.SEE_OFFICE: _l("See how long a term runs"),
            may.SEE_REVIEWS: _l("See what waits for review"),
            may.REVIEW_GIG: _l("Approve a gig or hand it back"),
            may.RUN_DESK: _l("Work at a category’s desk"),
            may.ANSWER_FLAG: _l("Find nothing against the rules in a gig that was reported"),
        },
    ),
    (
        _l("Running the marketplace"),
        {
            may.INVITE: _l("Invite people"),
            may.MODERATE: _l("See to reports and notes"),
            may.TAKE_MEASURE: _l("Decide what follows for somebody"),
            may.ANSWER_APPEAL: _l("Answer an appeal"),
            may.REMOVE_GIG: _l("Remove a gig"),
            may.REMOVE_MEMBER: _l("Remove a member"),
            may.LIFT_BAN: _l("Lift a ban"),
            may.MANAGE_MEMBERS: _l("See to requests and members"),
            may.IMPORT_LISTS: _l("Bring lists in"),
            may.MANAGE_HALL: _l("Change settings, rules, look and pages"),
            may.MANAGE_ROLES: _l("Give and take roles"),
            may.MANAGE_MONEY: _l("See to the money"),
        },
    ),
)
