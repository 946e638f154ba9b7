"""Opening accounts, and moving minutes from one to another.

Everybody locks them in one order, so that nobody waits in a circle: what members have at hand (of two members by their ids), then
what is reserved, then the hall's.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core.database import db
from app.core.ids import new_id
from app.credits.failures import AccountClosed, NotEnough
from app.credits.models import MAY_OWE, CreditAccount, CreditRules, CreditTransfer
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member


def rules() -> tuple[int, int]:
    """Return with how many minutes an account begins, and how many a member may owe."""
    found = db.session.get(CreditRules, current_tenant_id())
    return (found.opening_minutes, found.may_owe_minutes) if found else (0, MAY_OWE)


def account_of(member_id: UUID, *, now: datetime) -> CreditAccount:
    """Return what a member has at hand, locked until this transaction ends; opened with the opening balance where it is new.

    :raises AccountClosed: when they have left.
    """
    found = _locked("member", member_id) or _open(member_id, now=now)
    # Asked behind the lock, which whoever leaves takes as well.
    standing = db.session.execute(select(Member.standing).where(scoped(Member), Member.id == member_id)).scalar_one()
    if standing != "active":
        raise AccountClosed
    return found


def held_of(member_id: UUID, *, now: datetime) -> CreditAccount:
    """Return what of a member's is reserved, locked; opened where it is new."""
    return _locked("held", member_id) or _new("held", member_id, now=now)


def hall_account(*, now: datetime) -> CreditAccount:
    """Return the hall's own account, locked; opened where it is new."""
    return _locked("hall", None) or _new("hall", None, now=now)


def transfer(
    kind: str,
    source: str,
    *,
    from_: CreditAccount,
    to: CreditAccount,
    minutes: int,
    now: datetime,
    by_id: UUID | None = None,
    agreement_id: UUID | None = None,
    reason: str = "",
) -> bool:
    """Move minutes between two accounts that are locked, and return False when this source moved them before.

    :raises NotEnough: when whoever gives would owe more than they may.
    """
    if _was_made(source):
        return False
    elif from_.kind == "member" and kind != "departure" and minutes > from_.available:
        raise NotEnough(needed=minutes, available=from_.available)
    db.session.add(
        CreditTransfer(
            kind=kind,
            source=source,
            from_id=from_.id,
            to_id=to.id,
            minutes=minutes,
            agreement_id=agreement_id,
            by_id=by_id,
            reason=reason,
            happened_at=now,
        )
    )
    db.session.flush()
    # The database has moved both balances.
    db.session.refresh(from_)
    db.session.refresh(to)
    return True


def _was_made(source: str) -> bool:
    made = select(CreditTransfer.id).where(scoped(CreditTransfer), CreditTransfer.source == source)
    return db.session.execute(made).first() is not None


def _open(member_id: UUID, *, now: datetime) -> CreditAccount:
    opening, may_owe = rules()
    # The hall's first, also where nothing comes from it: nobody can hold yet what is only now made.
    hall = hall_account(now=now)
    made = _new("member", member_id, now=now, may_owe=may_owe)
    if opening:
        transfer("opening", f"opening {made.id}", from_=hall, to=made, minutes=opening, now=now)
    return made


def _new(kind: str, member_id: UUID | None, *, now: datetime, may_owe: int = 0) -> CreditAccount:
    """Return the account, which somebody else may have opened at this moment."""
    row = {
        "tenant_id": current_tenant_id(),
        "id": new_id(),
        "kind": kind,
        "member_id": member_id,
        "may_owe": may_owe,
        "opened_at": now,
    }
    db.session.execute(insert(CreditAccount).values(row).on_conflict_do_nothing())
    found = _locked(kind, member_id)
    assert found is not None, "an account that was just opened"
    return found


def _locked(kind: str, member_id: UUID | None) -> CreditAccount | None:
    of = CreditAccount.member_id.is_(None) if member_id is None else CreditAccount.member_id == member_id
    return db.session.scalars(
        select(CreditAccount)
        .where(scoped(CreditAccount), CreditAccount.kind == kind, of)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
