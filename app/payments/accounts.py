"""Opening an account for one's earnings at Stripe, and following how it stands there."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.core.database import db
from app.payments import moving
from app.payments.models import Payment, PayoutAccount, Share
from app.payments.models.account import living_account
from billing import gateway
from billing.following import follows, lock
from billing.gateway import AccessLost
from billing.operations import perform
from billing.owners import own
from billing.reconciling import Difference, reconciles
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped


def open_account(country: str, *, by: Actor, now: datetime) -> PayoutAccount:
    """Return the member's account for what they earn, opened now where they have none. Asked for twice at once, it is one.

    :raises Refused: when Stripe opens none.
    :raises Unclear: when it does not answer; asking again is safe.
    """
    lock(f"payouts of {by.id}")
    found = living_account(by.id)
    if found is None:
        mine = select(func.count()).where(scoped(PayoutAccount), PayoutAccount.member_id == by.id)
        before = db.session.execute(mine).scalar_one()
        wanted = {
            "type": "express",
            "country": country,
            "capabilities": {"transfers": {"requested": True}},
            "metadata": {"tenant": str(current_tenant_id())},
        }
        account = perform("account", f"payouts {before + 1} of {by.id}", wanted, now=now)
        found = PayoutAccount(member_id=by.id, country=country, begun_at=now)
        found.take_over(account, now=now)
        db.session.add(found)
        own(account["id"])
        db.session.flush()
    return found


@follows("connect", "account")
def follow_payout_account(object_id: str, _account: str | None, now: datetime) -> None:
    """Let a member's account be as it is at Stripe now; what waited for it leaves when it is ready."""
    found = db.session.scalars(
        select(PayoutAccount).where(scoped(PayoutAccount), PayoutAccount.account_id == object_id)
    ).one_or_none()
    if found is None or found.lost_at is not None:
        return
    try:
        found.take_over(gateway.fetch("account", object_id), now=now)
    except AccessLost:
        found.lose(now=now)
    if found.receives:
        send_what_waits(found.member_id)


def send_what_waits(member_id: UUID) -> None:
    """Let everything leave that a member has earned and does not have."""
    waiting = select(Share.id).where(scoped(Share), Share.party_id == member_id, Share.sent == 0, Share.is_owed())
    for share_id in db.session.scalars(waiting.order_by(Share.id)):
        moving.send.enqueue(share_id=str(share_id))


@reconciles("payout_account")
def compare_payout_accounts(now: datetime) -> Iterator[Difference]:
    """Give the accounts whose standing at Stripe is not the one we know."""
    for ours in db.session.scalars(select(PayoutAccount).where(scoped(PayoutAccount), PayoutAccount.lost_at.is_(None))):
        theirs = PayoutAccount(member_id=ours.member_id, country=ours.country)
        try:
            theirs.take_over(gateway.fetch("account", ours.account_id), now=now)
        except AccessLost:
            theirs.account_id, theirs.lost_at = ours.account_id, now
        if theirs.standing != ours.standing:
            yield Difference(
                ours.account_id, "standing", ours.standing, theirs.standing, account=ours.account_id, kind="account"
            )


def has_money_here(member_id: UUID) -> bool:
    """Whether something is held for a member, or of theirs: they cannot leave it behind."""
    waiting = select(Share.id).where(scoped(Share), Share.party_id == member_id, Share.is_owed())
    held = select(Payment.id).where(
        scoped(Payment),
        (Payment.client_id == member_id) | (Payment.worker_id == member_id),
        Payment.state.in_(("processing", "held", "disputed")),
    )
    return any(db.session.execute(one.limit(1)).first() for one in (waiting, held))
