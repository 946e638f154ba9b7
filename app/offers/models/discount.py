"""An offer: what it takes off a membership, for how long, for whom, and until when it can be used."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, SmallInteger, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.memberships.models import Purchase, Tier
from app.offers.at_stripe import close_code, open_code
from app.offers.failures import CodeTaken, OfferEnded
from billing.connections import charging_connection
from billing.following import lock
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantLink, TenantRow, scoped, tenant_key
from tenants.models import one_of

#: It is taken off the first payment; off what is paid within some months; off every payment.
LASTS = ("once", "months", "always")


class DiscountTier(TenantLink, Base):
    """A tier that an offer is for. One without any is for all."""

    __tablename__ = "discount_tiers"
    __table_args__ = (
        tenant_key("discount_id", "discounts", ondelete="CASCADE"),
        tenant_key("tier_id", "tiers", ondelete="CASCADE"),
        Index("discount_tiers_tier_idx", "tenant_id", "tier_id"),
    )

    discount_id: Mapped[UUID] = mapped_column(primary_key=True)
    tier_id: Mapped[UUID] = mapped_column(primary_key=True)


class Discount(TenantRow, Base):
    """Something that is taken off. It never changes: whoever began with it keeps it.

    :ivar code: what people type, in capitals; made up by us where the offer goes by its link alone (`by_link`).
    :ivar until: the first moment at which nobody can begin with it any more.
    :ivar promotion_id: Stripe's name of the code in the account `account_id`; null until it has answered.
    """

    __tablename__ = "discounts"
    __table_args__ = (
        tenant_key("created_by", "members"),
        CheckConstraint("num_nonnulls(percent, amount) = 1", name="percent_or_amount"),
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent_is_a_part"),
        CheckConstraint("amount > 0", name="amount_is_something"),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount_in_a_currency"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        CheckConstraint(one_of("lasts", LASTS), name="lasts_known"),
        CheckConstraint("(lasts = 'months') = (months IS NOT NULL)", name="months_where_it_lasts_months"),
        CheckConstraint("months > 0", name="months_positive"),
        CheckConstraint("most_uses > 0", name="most_uses_positive"),
        CheckConstraint("code ~ '^[A-Z0-9]{3,20}$'", name="code_can_be_typed"),
        CheckConstraint("(coupon_id IS NULL) = (promotion_id IS NULL)", name="coupon_with_its_code"),
        Index(
            "discounts_code_idx", "tenant_id", "code", unique=True, postgresql_where=text("ended_at IS NULL")
        ),
        Index("discounts_promotion_idx", "tenant_id", "promotion_id", unique=True),
        Index("discounts_coupon_idx", "tenant_id", "coupon_id"),
        Index("discounts_created_idx", "tenant_id", "created_at", "id"),
    )  # fmt: skip

    name: Mapped[str]
    code: Mapped[str]
    by_link: Mapped[bool] = mapped_column(server_default="false")
    percent: Mapped[int | None] = mapped_column(SmallInteger)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    lasts: Mapped[str]
    months: Mapped[int | None] = mapped_column(SmallInteger)
    most_uses: Mapped[int | None] = mapped_column(Integer)
    until: Mapped[datetime | None]
    account_id: Mapped[str]
    coupon_id: Mapped[str | None]
    promotion_id: Mapped[str | None]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @classmethod
    def draft(cls, *, tiers: Iterable[UUID] = (), by: Actor, now: datetime, **told: Any) -> Self:
        """Return an offer of which Stripe does not know yet; `open` tells it.

        :param tiers: the tiers it is for; none: all.
        :raises CannotCharge: when Stripe does not let us charge.
        :raises CodeTaken: when another that can be used has that code.
        """
        account = charging_connection().account_id or ""
        lock(f"offers of {current_tenant_id()}")
        for other in db.session.scalars(
            select(cls).where(scoped(cls), cls.code == told["code"], cls.ended_at.is_(None)).with_for_update()
        ):
            if not (other.is_over(now=now) or other.is_used_up):
                raise CodeTaken
            # Its code is free again.
            other.ended_at = now
        db.session.flush()
        offer = cls(account_id=account, created_by=by.id, created_at=now, **told)
        db.session.add(offer)
        db.session.flush()
        db.session.add_all(DiscountTier(discount_id=offer.id, tier_id=tier_id) for tier_id in tiers)
        db.session.flush()
        record("offered", offer, by=by)
        return offer

    @property
    def is_open(self) -> bool:
        """Return whether Stripe knows of it."""
        return self.promotion_id is not None

    @property
    def tier_ids(self) -> frozenset[UUID]:
        """The tiers it is for; none: all."""
        named = select(DiscountTier.tier_id).where(scoped(DiscountTier), DiscountTier.discount_id == self.id)
        return frozenset(db.session.scalars(named))

    @property
    def uses(self) -> int:
        """How often somebody has begun with it: as many as have paid, or try it out."""
        return db.session.query(Purchase).filter(*self._used()).count()

    @property
    def is_used_up(self) -> bool:
        return self.most_uses is not None and self.uses >= self.most_uses

    def is_over(self, *, now: datetime) -> bool:
        """Return whether nobody can begin with it any more, its uses apart."""
        return self.ended_at is not None or (self.until is not None and self.until <= now)

    def was_used_by(self, member_id: UUID) -> bool:
        return db.session.query(Purchase).filter(*self._used(), Purchase.member_id == member_id).first() is not None

    def open(self, *, now: datetime) -> None:
        """Have Stripe know it, so that it can be used. Done twice, it is one.

        :raises OfferEnded: when it was ended meanwhile.
        :raises Refused: when Stripe will not.
        :raises Unclear: when it does not answer; trying again is safe.
        """
        # Nobody gives two names to one offer.
        db.session.refresh(self, with_for_update=True)
        if self.ended_at is not None:
            raise OfferEnded
        if not self.is_open:
            tiers = [db.session.get_one(Tier, (current_tenant_id(), tier_id)) for tier_id in sorted(self.tier_ids)]
            self.coupon_id, self.promotion_id = open_code(self, tiers, now=now)
            db.session.flush()

    def end(self, *, by: Actor, now: datetime) -> None:
        """Let nobody begin with it any more. Whoever has it keeps it. Raises as `open`."""
        if self.ended_at is None:
            if self.is_open:
                close_code(self, now=now)
            self.ended_at = now
            record("ended", self, by=by)

    def _used(self) -> tuple[Any, ...]:
        return scoped(Purchase), Purchase.discount_id == self.id, Purchase.state == "paid"
