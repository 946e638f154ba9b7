"""What people say to each other and of each other: messages, reviews, skills they saw, words for whom they know."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.attestations.models import Attestation
from app.categories.models import Skill
from app.core.database import db
from app.core.languages import lazy_gettext as _l
from app.core.wording import listed
from app.endorsements.models import Endorsement
from app.kudos.models import Kudos
from app.messages.models import Message, Thread, ThreadMark
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import named
from app.notifications.models import Notification
from app.reviews.models import Review
from app.vouching.models import Vouch
from tenants.context import current_tenant_id
from tenants.isolation import scoped

# Enough to know what it is about; a longer one is read where it can be answered.
_LONGEST = 1500
_MOST_MESSAGES = 20


def _beginning(fact: Fact) -> str:
    body = db.session.scalars(select(Message.body).where(scoped(Message), Message.id == fact.id("message_id"))).first()
    return _cut(" ".join((body or "").split()), 140)


def _is_unread(notification: Notification, thread: Thread) -> bool:
    mark = db.session.get(ThreadMark, (current_tenant_id(), thread.id, notification.member_id))
    return mark is None or mark.read_to is None or mark.read_to < UUID(notification.data["to"])


def _said(notification: Notification, thread: Thread) -> str:
    """Return the messages that this mail tells of, whatever was written since."""
    after, to = notification.data["after"], notification.data["to"]
    told = (
        select(Message.body)
        .where(
            scoped(Message),
            Message.thread_id == thread.id,
            Message.author_id != notification.member_id,
            Message.id <= UUID(to),
            Message.hidden_at.is_(None),
        )
        .order_by(Message.id.desc())
        .limit(_MOST_MESSAGES)
    )
    if after:
        told = told.where(Message.id > UUID(after))
    return _cut("\n\n".join(reversed(db.session.scalars(told).all())), _LONGEST)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _is_blind(fact: Fact) -> bool:
    # With the second one both are published, which is told by itself.
    review: Any = db.session.get(Review, (current_tenant_id(), fact.subject))
    return review is not None and not review.is_published


def _vouched(fact: Fact) -> str:
    vouch = db.session.get(Vouch, (current_tenant_id(), fact.subject))
    return vouch.text if vouch is not None else ""


def _thanked(fact: Fact) -> str:
    thanks = db.session.get(Kudos, (current_tenant_id(), fact.subject))
    return thanks.words if thanks is not None else ""


def _is_shown_already(fact: Fact) -> bool:
    return fact.activity.to_state == "shown"


def _is_said(_: Notification, thanks: Kudos) -> bool:
    return thanks.state != "taken_back" and thanks.withheld_at is None


def _seen(fact: Fact) -> str:
    """Return the names of the skills that were endorsed with this one."""
    said = db.session.get(Endorsement, (current_tenant_id(), fact.subject))
    if said is None:
        return ""
    together = (
        select(Skill.name)
        .join(Endorsement, (Endorsement.tenant_id == Skill.tenant_id) & (Endorsement.skill_id == Skill.id))
        .where(scoped(Endorsement), Endorsement.author_id == said.author_id, Endorsement.subject_id == said.subject_id)
        .where(Endorsement.written_at == said.written_at)
        .order_by(Endorsement.id)
    )
    return listed(db.session.scalars(together).all())


def _waits(_: Notification, endorsement: Endorsement) -> bool:
    return endorsement.state == "offered"


def _is_asked(_: Notification, attestation: Attestation) -> bool:
    return attestation.naming == "asked"


def _is_unanswered(_: Notification, vouch: Vouch) -> bool:
    return vouch.state == "offered"


EVENTS = (
    Event(
        kind="thread", verb="wrote", topic="messages", tells=named("to_member"),
        title=_l("wrote to you about “{title}”"), says=_beginning,
        place="thread", action=_l("Read and answer"), gathers=True, holds=_is_unread, quoting=_said,
    ),
    Event(
        kind="review", verb="write", topic="reviews", tells=named("subject_id"), when=_is_blind,
        title=_l("wrote about working with you on “{title}”"),
        detail=_l("You can read it when you have written too, or when the time for reviews is over."),
        place="review_form", at="agreement_id", action=_l("Write yours"),
    ),
    Event(
        kind="vouch", verb="write", topic="vouches", tells=named("subject_id"), says=_vouched,
        title=_l("vouches for you"),
        detail=_l("Read it first: you decide whether others can."),
        place="vouches", action=_l("Read it and decide"), holds=_is_unanswered,
    ),
    Event(
        kind="kudos", verb="give", variant="shown", topic="vouches", tells=named("subject_id"), says=_thanked,
        when=_is_shown_already,
        title=_l("thanks you"),
        detail=_l("It stands on your page, since you let thanks be shown as they come."),
        place="kudos", action=_l("See your thanks"), holds=_is_said,
    ),
    Event(
        kind="kudos", verb="give", topic="vouches", tells=named("subject_id"), says=_thanked,
        title=_l("thanks you"),
        detail=_l("You decide whether others can read it."),
        place="kudos", action=_l("Read it and decide"), holds=_is_said,
    ),
    Event(
        kind="endorsement", verb="endorse", topic="vouches", tells=named("subject_id"), says=_seen,
        title=_l("endorses your skills after “{title}”"),
        detail=_l("You decide what is counted on your page."),
        place="endorsements", action=_l("Look and decide"), holds=_waits,
    ),
    Event(
        kind="attestation", verb="ask_for_name", topic="reviews", tells=named("author_id"),
        title=_l("would like to show your review in other marketplaces, with your name"),
        detail=_l("Only if you say so: without your answer your name stays here."),
        place="naming", action=_l("Answer"), holds=_is_asked,
    ),
    Event(
        kind="attestation", verb="agreed", topic="reviews", tells=named("member_id"),
        title=_l("lets their name go along with their review of you"),
        detail=_l("Take the review anew to show it with their name."),
        place="along", action=_l("Take it with you"),
    ),
    Event(
        kind="review", verb="publish", topic="reviews", tells=named("subject_id"),
        alone=_l("A review of you is out: “{title}”"),
        detail=_l("Everybody here can read it now."),
        place="agreement", at="agreement_id", action=_l("Read it"),
    ),
)  # fmt: skip
