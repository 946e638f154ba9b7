"""What leaders settle and put right, what a worker gives back, and what becomes of hours when somebody leaves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.activity.recording import record
from app.agreements.models import Agreement
from app.core.database import db
from app.credits.accounts import account_of, hall_account, rules, transfer
from app.credits.failures import NothingToGiveBack, TooMuch
from app.credits.models import CreditAccount, CreditRules
from app.credits.settling import given_for
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member


def settle_rules(*, opening: int, may_owe: int, by: Actor, now: datetime) -> None:
    """Settle with what accounts begin from now on, and how much everybody may owe. Whoever owes more already can give nothing
    until they owe less.
    """
    before = rules()
    row = {"opening_minutes": opening, "may_owe_minutes": may_owe, "changed_at": now}
    settled = insert(CreditRules).values(tenant_id=current_tenant_id(), **row)
    db.session.execute(settled.on_conflict_do_update(index_elements=["tenant_id"], set_=row))
    everybody = update(CreditAccount).where(scoped(CreditAccount), CreditAccount.kind == "member")
    db.session.execute(everybody.values(may_owe=may_owe).execution_options(synchronize_session=False))
    record(
        "changed_settings",
        by,
        by=by,
        kind="tenant",
        changes={"time_credits": {"from": list(before), "to": [opening, may_owe]}},
    )


def correct(member_id: UUID, minutes: int, *, key: UUID, why: str, by: Actor, now: datetime) -> bool:
    """Add minutes to a member's account from the hall's own, or with a minus take them; the member is told. Return False when
    this was done before.

    :param key: names this correction, so that a page that is sent twice corrects once.
    :raises NotEnough: when the member would owe more than they may.
    :raises AccountClosed: when they have left.
    """
    account, hall = account_of(member_id, now=now), hall_account(now=now)
    from_, to = (hall, account) if minutes > 0 else (account, hall)
    source = f"correction {key}"
    done = transfer("correction", source, from_=from_, to=to, minutes=abs(minutes), by_id=by.id, reason=why, now=now)
    if done:
        member = db.session.get_one(Member, (current_tenant_id(), member_id))
        record("corrected_credits", member, by=by, why=why, minutes=minutes)
    return done


def give_back(agreement: Agreement, minutes: int, *, why: str, by: Actor, now: datetime) -> None:
    """Give hours back, once, to whoever gave them for the work.

    :raises NothingToGiveBack: when none were given, or some were given back before.
    :raises TooMuch: when fewer were given.
    :raises NotEnough: when `by` has given them on already and may not owe so much.
    """
    agreement.lock()
    given = given_for(agreement)
    if given < 1:
        raise NothingToGiveBack
    elif minutes > given:
        raise TooMuch
    sides = {one: account_of(one, now=now) for one in sorted((agreement.worker_id, agreement.client_id))}
    done = transfer(
        "return",
        f"return {agreement.id}",
        from_=sides[agreement.worker_id],
        to=sides[agreement.client_id],
        minutes=minutes,
        agreement_id=agreement.id,
        by_id=by.id,
        reason=why,
        now=now,
    )
    if not done:
        raise NothingToGiveBack
    record("gave_back", agreement, by=by, why=why, minutes=minutes, **agreement.facts(by))


def hand_over_hours(member_id: UUID, *, now: datetime) -> int:
    """Let what a member who leaves has, or owes, go to the hall's own account; return how many minutes they had.

    Nothing is reserved any more: what they agreed on has ended before.
    """
    if not _has_account(member_id):
        return 0
    account = account_of(member_id, now=now)
    had = account.balance
    if had:
        hall = hall_account(now=now)
        from_, to = (account, hall) if had > 0 else (hall, account)
        # Whoever comes back may leave again.
        transfer("departure", f"leaves {account.id} {now.isoformat()}", from_=from_, to=to, minutes=abs(had), now=now)
    return had


def _has_account(member_id: UUID) -> Any:
    of = select(CreditAccount.id).where(scoped(CreditAccount), CreditAccount.member_id == member_id)
    return db.session.execute(of.limit(1)).scalar_one_or_none()
