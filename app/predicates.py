"""What the policy table asks of somebody and of the object at hand.

A predicate takes the signed-in member (None for a visitor) and the object, and says yes or no; it never looks anything up.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tenants.context import Actor, tenant

Predicate = Callable[[Actor | None, Any], bool]
Policy = list[list[Predicate]]


# Predicates: about who asks.


def is_member(actor: Actor | None, _: Any) -> bool:
    return actor is not None


def is_leader(actor: Actor | None, _: Any) -> bool:
    return actor is not None and actor.has_role("leader")


def is_admin(actor: Actor | None, _: Any) -> bool:
    return actor is not None and actor.has_role("leader", "admin")


def is_moderator(actor: Actor | None, _: Any) -> bool:
    return actor is not None and actor.has_role("leader", "admin", "moderator")


def advises_something(actor: Actor | None, _: Any) -> bool:
    return actor is not None and bool(actor.advises)


def leads_something(actor: Actor | None, _: Any) -> bool:
    return actor is not None and bool(actor.leads)


_RANKS = {"leader": 3, "admin": 2, "moderator": 1}


def outranks(actor: Actor | None, member: Any) -> bool:
    # Leaders are removed by nobody: another leader takes the role from them first, which is written down.
    return actor is not None and _rank(actor.roles) > _rank(member.roles or ())


def _rank(roles: Iterable[str]) -> int:
    return max((_RANKS.get(role, 0) for role in roles), default=0)


# Predicates: about the tenant.


def anyone_may_see(_: Actor | None, __: Any) -> bool:
    return tenant.who_may_see == "anyone"


def members_may_post(_: Actor | None, __: Any) -> bool:
    return tenant.who_may_post in ("members", "reviewed")


# Predicates: about the object at hand.


def leads_its_category(actor: Actor | None, thing: Any) -> bool:
    return actor is not None and thing.category_id in actor.leads


def advises_its_category(actor: Actor | None, thing: Any) -> bool:
    return actor is not None and thing.category_id in actor.advises


def has_a_duty(actor: Actor | None, _: Any) -> bool:
    return actor is not None and bool(actor.duties)


def reviews_something(actor: Actor | None, _: Any) -> bool:
    return actor is not None and bool(actor.reviews - actor.leads)


def reviews_its_category(actor: Actor | None, thing: Any) -> bool:
    return actor is not None and actor.has_duty("review", thing.category_id)


def answers_its_flags(actor: Actor | None, flag: Any) -> bool:
    return actor is not None and actor.has_duty("flags", flag.category_id)


def staffs_its_category(actor: Actor | None, thing: Any) -> bool:
    return actor is not None and actor.has_duty("staffing", thing.category_id)


def vets_in_its_category(actor: Actor | None, vetting: Any) -> bool:
    return actor is not None and actor.has_duty("vetting", vetting.category_id)


def keeps_its_board(actor: Actor | None, category: Any) -> bool:
    return actor is not None and actor.has_duty("board", category.id)


def has_a_duty_in_it(actor: Actor | None, category: Any) -> bool:
    return actor is not None and any(category_id == category.id for _, category_id in actor.duties)


def coordinates_it(actor: Actor | None, thing: Any) -> bool:
    return actor is not None and bool(thing.coordinator_id == actor.id)


def may_hand_it_over(actor: Actor | None, project: Any) -> bool:
    return actor is not None and bool(project.may_be_handed_over_by(actor))


def acts_for_hall(actor: Actor | None, project: Any) -> bool:
    return actor is not None and bool(project.for_hall and project.acts_as_client(actor))


def is_asked_to_lead(actor: Actor | None, project: Any) -> bool:
    return actor is not None and bool(project.is_asked_to_lead(actor.id))


def coordinates_its_gig(actor: Actor | None, application: Any) -> bool:
    return actor is not None and bool(application.gig.coordinator_id == actor.id)


def is_author(actor: Actor | None, gig: Any) -> bool:
    return actor is not None and gig.author_id == actor.id


def is_live(_: Actor | None, gig: Any) -> bool:
    return gig.state not in ("draft", "in_review", "removed")


def is_for_everybody(_: Actor | None, gig: Any) -> bool:
    return bool(gig.audience == "hall")


def is_for_anyone(_: Actor | None, page: Any) -> bool:
    return bool(page.audience == "anyone")


def is_draft(_: Actor | None, gig: Any) -> bool:
    return bool(gig.state == "draft")


def has_been_sent(_: Actor | None, gig: Any) -> bool:
    # A draft is nobody's business but its author's.
    return bool(gig.state != "draft")


def is_editable(_: Actor | None, gig: Any) -> bool:
    return gig.state in ("draft", "open", "paused", "filled", "expired")


def leads_it(actor: Actor | None, category: Any) -> bool:
    return actor is not None and category.id in actor.leads


def did_not_write_it(actor: Actor | None, gig: Any) -> bool:
    # Nor for somebody else, whose name is on it.
    return actor is not None and actor.id not in (gig.author_id, gig.helper_id)


def suggested_it(actor: Actor | None, suggestion: Any) -> bool:
    return actor is not None and bool(suggestion.suggested_by == actor.id)


def is_asked(actor: Actor | None, merge: Any) -> bool:
    return actor is not None and bool(merge.is_asked(actor.id))


def asked_for_it(actor: Actor | None, merge: Any) -> bool:
    return actor is not None and bool(merge.asked_by == actor.id)


def is_self(actor: Actor | None, member: Any) -> bool:
    return actor is not None and member.id == actor.id


def shows_it(actor: Actor | None, piece: Any) -> bool:
    return actor is not None and piece.member_id == actor.id


def owns_it(actor: Actor | None, alert: Any) -> bool:
    return actor is not None and alert.member_id == actor.id


def has_no_role_there(_: Actor | None, case: Any) -> bool:
    return not case.roles


def is_about_another(actor: Actor | None, vetting: Any) -> bool:
    # Nobody decides about themselves.
    return actor is not None and vetting.member_id != actor.id


def is_published(_: Actor | None, question: Any) -> bool:
    return bool(question.is_published)


def is_unanswered(_: Actor | None, question: Any) -> bool:
    return bool(question.is_unanswered and question.hidden_at is None)


def is_meant(actor: Actor | None, vouch: Any) -> bool:
    return actor is not None and vouch.subject_id == actor.id


def is_party(actor: Actor | None, thing: Any) -> bool:
    return actor is not None and bool(thing.is_party(actor.id))


def reads_along(actor: Actor | None, project: Any) -> bool:
    return actor is not None and bool(project.reads_along(actor.id))


def takes_part(actor: Actor | None, project: Any) -> bool:
    return actor is not None and bool(project.takes_part(actor.id))


def is_applicant(actor: Actor | None, application: Any) -> bool:
    return actor is not None and bool(application.applicant_id == actor.id)


def is_author_of_its_gig(actor: Actor | None, application: Any) -> bool:
    return actor is not None and bool(application.gig.author_id == actor.id)


def is_client(actor: Actor | None, agreement: Any) -> bool:
    return actor is not None and bool(agreement.client_id == actor.id)


def is_worker(actor: Actor | None, agreement: Any) -> bool:
    return actor is not None and bool(agreement.worker_id == actor.id)


def is_in_view(actor: Actor | None, role: Any) -> bool:
    return actor is not None and bool(role.worker_id == actor.id)


def is_no_party(actor: Actor | None, agreement: Any) -> bool:
    return actor is not None and not agreement.is_party(actor.id)


def is_concerned(actor: Actor | None, measure: Any) -> bool:
    return actor is not None and measure.member_id == actor.id


def is_no_ban(_: Actor | None, measure: Any) -> bool:
    return bool(measure.kind != "banned")


def did_not_decide_it(actor: Actor | None, appeal: Any) -> bool:
    # Nor whom it is about, should they moderate as well.
    return actor is not None and actor.id not in (appeal.decided_by, appeal.member_id)


def is_without_pay(_: Actor | None, agreement: Any) -> bool:
    # Hours on accounts are pay as well.
    return agreement.settlement in ("favour", "none")


def was_disputed(_: Actor | None, agreement: Any) -> bool:
    return bool(agreement.was_disputed)
