"""A membership that somebody bought for somebody else: whoever has its code redeems it, once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.memberships.models import Membership
from tenants.context import current_tenant_id
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

#: Stripe's page is open; it was closed unpaid; paid, and nobody's yet; redeemed; its bank took the money back for now; what
#: was paid has gone back.
GIFT_STATES = ("open", "closed", "paid", "redeemed", "disputed", "given_back")


class Gift(TenantRow, Base):
    """What was bought, by whom, and who redeemed it. Amounts are copies: a later price changes nothing here.

    :ivar code_digest: of the code that its buyer passes on, which is derived anew whenever it is shown.
    :ivar membership_id: what it gives; null until that begins, perhaps after what its receiver has already.
    """

    __tablename__ = "gifts"
    __table_args__ = (
        tenant_key("tier_id", "tiers"),
        tenant_key("member_id", "members"),
        tenant_key("redeemed_by", "members"),
        tenant_key("membership_id", "memberships"),
        CheckConstraint(one_of("state", GIFT_STATES), name="state_known"),
        CheckConstraint("months > 0", name="months_positive"),
        CheckConstraint("amount > 0", name="amount_is_something"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        CheckConstraint("(redeemed_by IS NULL) = (redeemed_at IS NULL)", name="redeemed_by_somebody"),
        CheckConstraint("state <> 'redeemed' OR redeemed_by IS NOT NULL", name="redeemed_when_it_was"),
        CheckConstraint("redeemed_by IS NULL OR charge_id IS NOT NULL", name="paid_before_it_is_redeemed"),
        CheckConstraint("membership_id IS NULL OR redeemed_by IS NOT NULL", name="gives_to_who_redeemed_it"),
        Index("gifts_code_idx", "tenant_id", "code_digest", unique=True),
        Index("gifts_session_idx", "tenant_id", "session_id", unique=True),
        Index("gifts_charge_idx", "tenant_id", "charge_id", unique=True),
        Index("gifts_membership_idx", "tenant_id", "membership_id", unique=True),
        Index("gifts_opened_idx", "tenant_id", "opened_at", "id"),
        Index("gifts_member_idx", "tenant_id", "member_id", "opened_at"),
        Index("gifts_redeemed_idx", "tenant_id", "redeemed_by", "redeemed_at"),
    )

    tier_id: Mapped[UUID]
    months: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    member_id: Mapped[UUID]
    recipient: Mapped[str] = mapped_column(server_default="")
    message: Mapped[str] = mapped_column(server_default="")
    code_digest: Mapped[str]
    account_id: Mapped[str]
    session_id: Mapped[str]
    charge_id: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="open")
    opened_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    redeemed_by: Mapped[UUID | None]
    redeemed_at: Mapped[datetime | None]
    membership_id: Mapped[UUID | None]

    @property
    def waits(self) -> bool:
        """Return whether it is redeemed, and begins when what its receiver has is over."""
        return self.state == "redeemed" and self.membership_id is None

    def is_expired(self, *, now: datetime) -> bool:
        return self.state == "paid" and self.expires_at is not None and self.expires_at <= now

    def begin(self, *, until: datetime, now: datetime) -> None:
        """Give what it gives, from now on."""
        given = Membership(member_id=self.redeemed_by, tier_id=self.tier_id, source="gift")
        db.session.add(given)
        given.begin(now=now, until=until)
        self.membership_id = given.id
        db.session.flush()

    def take_back(self, state: str, *, now: datetime) -> None:
        """End what it gave, or what it would have: its payment has gone back, or is disputed."""
        if self.state not in (state, "given_back"):
            record(state, self, by=None, from_=self.state, to=state)
            self.state = state
            if self.membership_id is not None:
                db.session.get_one(Membership, (current_tenant_id(), self.membership_id)).end(now=now)
            db.session.flush()

    def restore(self, *, now: datetime) -> None:
        """Let it hold again, its bank has decided for it: what was left of a membership goes on."""
        if self.state != "disputed":
            return
        self.state = "redeemed" if self.redeemed_by else "paid"
        record("restored", self, by=None, from_="disputed", to=self.state)
        ended = self.membership_id and db.session.get_one(Membership, (current_tenant_id(), self.membership_id))
        if ended and ended.paid_until and ended.ended_at and ended.ended_at < ended.paid_until:
            self.membership_id = None
            db.session.flush()
            self.begin(until=now + (ended.paid_until - ended.ended_at), now=now)
        db.session.flush()
