"""What keeps advertising out: what somebody new may do, and which gigs are looked at before others see them."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.database import db
from app.core.errors import TooMany
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.timers import day_of
from app.core.wording import day
from app.gigs.models import Gig
from app.gigs.models.approval import zone
from app.gigs.models.gates import before_publishing, look_first
from app.gigs.standing import Standing, refines_standing
from app.messages.gates import before_first_message
from app.messages.models import Message
from app.moderation.models import ModerationSettings, settings_here
from app.policies import REVIEW_GIG, allows
from tenants.context import Actor, current_tenant_id, who_decides
from tenants.isolation import scoped
from tenants.models import Member, Role

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
#: Whoever has finished this much work here is known.
_KNOWN = 3
#: How long the same text counts as posted again.
_LATELY = timedelta(days=30)
_BUSY = ("in_review", "open", "paused", "filled")

#: Why a gig is looked at before others see it, in the order in which it is asked.
REASONS = {
    "first": _l("It is the first gig of somebody new here, and those are looked at before others see them."),
    "again": _l("The same text was posted here lately, so somebody looks at it first."),
    "links": _l("It has many links, so somebody looks at it first."),
}


class NewHere(TooMany):
    """Somebody is new, and has done as much of something as new people may."""


@before_publishing
def refuse_many_gigs(gig: Any, by: Any) -> None:
    """Hold whoever is new to as many live gigs as the leaders allow; what is too much stays a draft.

    :raises NewHere: when it would be one more.
    """
    chosen = settings_here()
    until = _either_new_until(by.id, chosen)
    theirs = select(func.count()).select_from(Gig).where(scoped(Gig), Gig.author_id == by.id, Gig.state.in_(_BUSY))
    if until and (db.session.scalar(theirs) or 0) >= chosen.new_gigs:
        raise NewHere(
            ngettext(
                "You are new here: until %(until)s you can have %(num)s gig at a time. This one is kept as a draft.",
                "You are new here: until %(until)s you can have %(num)s gigs at a time. This one is kept as a draft.",
                chosen.new_gigs,
                until=until,
            )
        )


@before_first_message
def refuse_many_strangers(by: Actor) -> None:
    """Hold whoever is new to writing first to as many people as the leaders allow.

    :raises NewHere: when it would be one more.
    """
    chosen = settings_here()
    until = _either_new_until(by.id, chosen)
    if until and _begun_by(by.id) >= chosen.new_talks:
        raise NewHere(
            ngettext(
                "You are new here: until %(until)s you can write first to %(num)s person. Whoever writes to you, you can answer.",
                "You are new here: until %(until)s you can write first to %(num)s people. Whoever writes to you, you can answer.",
                chosen.new_talks,
                until=until,
            )
        )


@look_first
def why_looked_at(gig: Any, author_id: UUID) -> str:
    """Return the key of the reason for which a gig is looked at first, or an empty text."""
    author = db.session.get_one(Member, (current_tenant_id(), author_id))
    if author.finished_count >= _KNOWN or _is_trusted(author_id):
        return ""
    chosen = settings_here()
    if chosen.looks_at_first and not _has_posted(author_id, but=gig.id):
        return "first"
    elif not _new_until(author_id, chosen):
        return ""
    elif _is_posted_again(gig):
        return "again"
    else:
        links = len(_LINK.findall(" ".join((gig.title, gig.summary, gig.description))))
        return "links" if links > chosen.most_links else ""


@refines_standing
def with_reason(gig: Any, viewer: Actor | None, standing: Standing) -> Standing:
    """Say to its author, and to whoever decides, why a gig waits although nothing else asks for it."""
    if (
        gig.state != "in_review"
        or viewer is None
        or (viewer.id != gig.author_id and not allows(REVIEW_GIG, viewer, gig))
    ):
        return standing
    reason = why_looked_at(db.session.get_one(Gig, (current_tenant_id(), gig.id)), gig.author_id)
    return replace(standing, text=f"{standing.text} {REASONS[reason]}") if reason else standing


def _either_new_until(member_id: UUID, chosen: ModerationSettings) -> str:
    """Return the same of somebody and of whoever acts for them: nobody new does through another what they may not do yet."""
    return next((until for one in who_decides(member_id) if (until := _new_until(one, chosen))), "")


def _new_until(member_id: UUID, chosen: ModerationSettings) -> str:
    """Return the last of somebody's first days in words; empty when they are over, or are none."""
    joined = db.session.get_one(Member, (current_tenant_id(), member_id)).joined_at
    over = clock.end_of_day(day_of(joined, zone()) + timedelta(days=chosen.new_days - 1), zone())
    if chosen.new_days == 0 or clock.now() >= over or _is_trusted(member_id):
        return ""
    return day(day_of(over - timedelta(seconds=1), zone()))


def _is_trusted(member_id: UUID) -> bool:
    held = select(Role.id).where(scoped(Role), Role.member_id == member_id)
    return db.session.execute(held.limit(1)).first() is not None


def _has_posted(member_id: UUID, *, but: UUID) -> bool:
    before = select(Gig.id).where(
        scoped(Gig), Gig.author_id == member_id, Gig.id != but, Gig.published_at.is_not(None), Gig.state != "removed"
    )
    return db.session.execute(before.limit(1)).first() is not None


def _is_posted_again(gig: Any) -> bool:
    """Whether the same text is live already, or was posted by somebody else lately. Short ones are alike by chance."""
    if len(gig.description) < 40:
        return False
    since: datetime = clock.now() - _LATELY
    same = select(Gig.id).where(
        scoped(Gig),
        Gig.id != gig.id,
        Gig.description == gig.description,
        or_(Gig.author_id != gig.author_id, Gig.state == "open"),
        Gig.published_at > since,
    )
    return db.session.execute(same.limit(1)).first() is not None


def _begun_by(member_id: UUID) -> int:
    """Return in how many talks the first message is a member's."""
    earlier = aliased(Message)
    before_it = exists().where(
        earlier.tenant_id == Message.tenant_id, earlier.thread_id == Message.thread_id, earlier.id < Message.id
    )
    first = select(func.count()).select_from(Message).where(scoped(Message), Message.author_id == member_id, ~before_it)
    return db.session.scalar(first) or 0
