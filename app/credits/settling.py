"""What agreements do to hours: reserved when both agree, given when the work is accepted, free again when it comes to nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from app.agreements.models import Agreement, Milestone
from app.agreements.settling import binds, divides, ends, foretells, settles, weighs
from app.core.database import db
from app.core.languages import gettext as _
from app.core.wording import hours
from app.credits.accounts import account_of, held_of, transfer
from app.credits.failures import NotEnough, NotEnoughThere
from app.credits.models import CreditAccount, CreditTransfer
from tenants.context import Actor
from tenants.isolation import scoped


@weighs("credits")
def weigh(agreement: Agreement, *, by: Actor, now: datetime) -> None:
    """Refuse terms that whoever puts them forward could not give the hours for.

    :raises NotEnough: when they receive the work and would owe more than they may.
    """
    wanted = agreement.credits_minutes or 0
    if by.id == agreement.client_id:
        account = account_of(agreement.client_id, now=now)
        if wanted > account.available:
            raise NotEnough(needed=wanted, available=account.available)


@binds("credits")
def reserve(agreement: Agreement, *, by: Actor, now: datetime) -> None:
    """Put the hours aside that both agreed on, so that they are there when the work is.

    :raises NotEnough: when whoever receives the work would owe more than they may.
    :raises NotEnoughThere: the same, told to the other side.
    """
    account = account_of(agreement.client_id, now=now)
    try:
        transfer(
            "reserve",
            f"reserve {agreement.id}",
            from_=account,
            to=held_of(agreement.client_id, now=now),
            minutes=agreement.credits_minutes or 0,
            agreement_id=agreement.id,
            by_id=by.id,
            now=now,
        )
    except NotEnough:
        # What somebody has is nobody else's business.
        if by.id != agreement.client_id:
            raise NotEnoughThere from None
        raise


@settles("credits")
def give(agreement: Agreement, milestone: Milestone | None, *, now: datetime) -> None:
    """Give the hours of a milestone, or whatever is still reserved for the whole work."""
    account, held = account_of(agreement.worker_id, now=now), held_of(agreement.client_id, now=now)
    left = _reserved(agreement.id, held.id)
    minutes = min(left, _share(agreement, milestone) if milestone else left)
    if minutes:
        transfer(
            "give",
            f"give {milestone.id if milestone else agreement.id}",
            from_=held,
            to=account,
            minutes=minutes,
            agreement_id=agreement.id,
            now=now,
        )


@ends("credits")
def release(agreement: Agreement, *, verb: str, by: Actor | None, now: datetime) -> None:
    """Free what is still reserved for work that will not be done."""
    _free(agreement, by=by, now=now)


@divides("credits")
def leave_it_at_that(agreement: Agreement, *, by: Actor | None, now: datetime) -> None:
    """Let each keep what was given for accepted milestones, and free the rest. Whoever settled it may put accounts right."""
    _free(agreement, by=by, now=now)


def _free(agreement: Agreement, *, by: Actor | None, now: datetime) -> None:
    account, held = account_of(agreement.client_id, now=now), held_of(agreement.client_id, now=now)
    left = _reserved(agreement.id, held.id)
    if left:
        transfer(
            "release",
            f"release {agreement.id}",
            from_=held,
            to=account,
            minutes=left,
            agreement_id=agreement.id,
            by_id=by.id if by else None,
            now=now,
        )


@foretells("credits")
def foretell(agreement: Agreement) -> list[str]:
    """Return what would become of the hours if the agreement ended now."""
    left = reserved_for(agreement)
    return (
        [_("%(hours)s of time credits that are reserved for it become free again.", hours=hours(left))] if left else []
    )


def reserved_for(agreement: Agreement) -> int:
    """Return how many minutes are reserved for an agreement."""
    held = select(CreditAccount.id).where(
        scoped(CreditAccount), CreditAccount.kind == "held", CreditAccount.member_id == agreement.client_id
    )
    found = db.session.execute(held).scalar_one_or_none()
    return _reserved(agreement.id, found) if found else 0


def given_for(agreement: Agreement) -> int:
    """Return how many minutes have been given for an agreement, less what was given back."""
    signed = case(
        (CreditTransfer.kind == "give", CreditTransfer.minutes),
        (CreditTransfer.kind == "return", -CreditTransfer.minutes),
        else_=0,
    )
    return _sum(agreement.id, signed)


def _reserved(agreement_id: UUID, held_id: UUID) -> int:
    signed = case(
        (CreditTransfer.to_id == held_id, CreditTransfer.minutes),
        (CreditTransfer.from_id == held_id, -CreditTransfer.minutes),
        else_=0,
    )
    return _sum(agreement_id, signed)


def _sum(agreement_id: UUID, signed: Any) -> int:
    total = select(func.coalesce(func.sum(signed), 0)).where(
        scoped(CreditTransfer), CreditTransfer.agreement_id == agreement_id
    )
    return int(db.session.execute(total).scalar_one())


def _share(agreement: Agreement, milestone: Milestone) -> int:
    """Return the minutes of a milestone: all have the same, and the last what does not divide."""
    count = len(agreement.milestones())
    each, rest = divmod(agreement.credits_minutes or 0, count)
    return each + rest if milestone.position == count else each
