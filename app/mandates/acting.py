"""Acting for somebody: the member as a request knows them while somebody else acts for them, and what stays apart by it."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.database import db
from app.mandates.failures import HelperAndHelped
from app.mandates.models import Mandate, between
from app.profiles.blocks import are_apart
from tenants import restraints
from tenants.context import Actor, who_decides
from tenants.covers import covers
from tenants.isolation import scoped
from tenants.mandates import Helper
from tenants.models import Member
from tenants.needs import Cover

_LIVE = ("asked", "active")


def stand_in(helper: Actor, mandate_id: UUID) -> Actor | None:
    """Return the member whom `helper` acts for under a mandate, or None when it is not in force at this moment.

    They are a plain member in it, whatever roles they hold. The page is in the helper's language, the rules are those that the
    helper has accepted, and what moderators keep either of the two from, they keep them from together.
    """
    now = clock.now()
    in_force = (
        Mandate.id == mandate_id,
        Mandate.helper_id == helper.id,
        Mandate.state == "active",
        Mandate.until > now,
    )
    row = db.session.execute(
        select(Member, Mandate.scopes, covers(Member.tenant_id, Member.id, now).label("cover"))
        .join(Mandate, and_(Mandate.tenant_id == Member.tenant_id, Mandate.assisted_id == Member.id))
        .where(scoped(Member), Member.standing == "active", *in_force)
    ).one_or_none()
    # Whoever blocks whom they let act for them wants no more of it.
    if row is None or are_apart(helper.id, row.Member.id):
        return None
    member = row.Member
    own = restraints.read(member.restraints, now=now) if member.restraints else ()
    return replace(
        helper,
        id=member.id,
        name=member.name,
        hue=member.hue,
        picture=member.picture,
        roles=frozenset({"member"}),
        leads=frozenset(),
        advises=frozenset(),
        duties=frozenset(),
        unread=0,
        unread_messages=member.unread_messages if "messages" in row.scopes else 0,
        cover=Cover.read(row.cover),
        restraints=(*own, *helper.restraints),
        helper=Helper(helper.id, helper.name, mandate_id, frozenset(row.scopes)),
    )


def refuse_self_dealing(one: UUID, other: UUID) -> None:
    """Refuse a deal between two of whom one acts for the other, or behind both of whom the same person acts.

    :raises HelperAndHelped: when it is so.
    """
    if is_self_dealing(one, other):
        raise HelperAndHelped


def is_self_dealing(one: UUID, other: UUID) -> bool:
    """Whether a deal between two would be made by the same person on both sides, or could be."""
    mine, theirs = aliased(Mandate), aliased(Mandate)
    now, deciding = clock.now(), set(who_decides(one)) & set(who_decides(other))
    runs = [and_(scoped(each), each.state == "active", each.until > now) for each in (Mandate, mine, theirs)]
    same_helper = exists().where(
        runs[1], runs[2], mine.helper_id == theirs.helper_id, mine.assisted_id == one, theirs.assisted_id == other
    )
    either = or_(exists().where(runs[0], between(one, other)), same_helper)
    return bool(deciding) or bool(db.session.scalar(select(either)))


def refuse_words_between(one: UUID, other: UUID) -> None:
    """Refuse words of praise between two of whom one acts, or ever acted, for the other.

    :raises HelperAndHelped: when it is so.
    """
    acted = select(Mandate.id).where(scoped(Mandate), between(one, other), Mandate.answered_at.is_not(None))
    if db.session.execute(acted.where(Mandate.state != "declined").limit(1)).first():
        raise HelperAndHelped


def end_mandates(member_id: UUID) -> None:
    """End every mandate of somebody who leaves, on either side. That there was one stays, with how it was consented to; the
    words that went with it do not.
    """
    now = clock.now()
    either = or_(Mandate.helper_id == member_id, Mandate.assisted_id == member_id)
    for mandate in db.session.scalars(select(Mandate).where(scoped(Mandate), either).order_by(Mandate.id)):
        mandate.words = ""
        if mandate.state in _LIVE:
            mandate.end(by=None, now=now)
    db.session.flush()
