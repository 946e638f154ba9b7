"""What a leader does with a tier: write it, price it, sell it, close it, put it in another place."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import func, select, update

from app.activity.recording import record
from app.core.database import db
from app.memberships.at_stripe import price_at
from app.memberships.failures import NoPrice, TooManyTiers
from app.memberships.models.prices import INTERVALS, TierPrice
from billing.connections import charging_connection
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Tenant
from tenants.versions import touch

#: More than that stands side by side on no page.
MOST = 8


class Sold:
    """The verbs of a tier."""

    id: UUID
    name: str
    position: int
    state: str
    closed_at: datetime | None

    @classmethod
    def draft(cls, *, by: Actor, now: datetime, **told: Any) -> Self:
        """Return a new tier after all others, which nobody but the leaders sees.

        :raises TooManyTiers: when there are `MOST` that are not closed.
        """
        lived = db.session.scalars(select(cls).where(scoped(cls)).with_for_update()).all()
        if sum(tier.state != "closed" for tier in lived) >= MOST:
            raise TooManyTiers
        tier = cls(position=1 + max((tier.position for tier in lived), default=0), created_at=now, **told)
        db.session.add(tier)
        db.session.flush()
        record("drafted", tier, by=by)
        return tier

    def revise(self, *, by: Actor, **told: Any) -> None:
        """Let it be described as `told`; what members have of it changes at once, what they pay never."""
        changed = {name: value for name, value in told.items() if getattr(self, name) != value}
        for name, value in changed.items():
            setattr(self, name, value)
        if changed:
            record("revised", self, by=by, changed=sorted(changed))

    def price(self, interval: str, amount: int, currency: str, *, by: Actor, now: datetime) -> TierPrice:
        """Return its price for an interval in a currency, from now on `amount`. Whoever pays another keeps that.

        :raises CannotCharge: when it is on sale and Stripe does not let us charge.
        :raises Refused: as that, when Stripe refuses the price.
        :raises Unclear: as that, when Stripe does not answer.
        """
        self._lock()
        known = self._living_price(interval, currency)
        if known is not None and known.amount == amount:
            return known
        if known is not None:
            known.archived_at = now
            db.session.flush()
        price = TierPrice(tier_id=self.id, interval=interval, amount=amount, currency=currency, created_at=now)
        db.session.add(price)
        db.session.flush()
        if self.state == "selling":
            price_at(price, self, charging_connection().account_id or "", now=now)
        record("priced", self, by=by, interval=interval, amount=amount, currency=currency)
        return price

    def drop_price(self, price: TierPrice, *, by: Actor, now: datetime) -> None:
        """Sell it at this price no more.

        :raises NoPrice: when it is on sale and has no other.
        """
        self._lock()
        if price.archived_at is not None:
            return
        if self.state == "selling" and len(self.prices) == 1:
            raise NoPrice
        price.archived_at = now
        record("unpriced", self, by=by, interval=price.interval, amount=price.amount, currency=price.currency)

    def publish(self, *, by: Actor, now: datetime) -> None:
        """Sell it from now on.

        :raises NoPrice: when it has none.
        :raises CannotCharge: when Stripe does not let us charge.
        :raises Refused: when Stripe refuses what is to be sold.
        :raises Unclear: when Stripe does not answer.
        """
        self._lock()
        if self.state == "selling":
            return
        if not self.prices:
            raise NoPrice
        account = charging_connection().account_id or ""
        for price in self.prices:
            price_at(price, self, account, now=now)
        record("published", self, by=by, from_=self.state, to="selling")
        self.state, self.closed_at = "selling", None
        self._count_those_on_sale()

    def close(self, *, by: Actor, now: datetime) -> None:
        """Sell it no more. Whoever has it keeps it, at what they pay."""
        self._lock()
        if self.state == "closed":
            return
        record("closed", self, by=by, from_=self.state, to="closed")
        self.state, self.closed_at = "closed", now
        self._count_those_on_sale()

    def move(self, up: bool, *, by: Actor) -> None:
        """Change places with the one before it, or after it."""
        own = type(self)
        rows = list(db.session.scalars(select(own).where(scoped(own)).order_by(own.position, own.id).with_for_update()))
        rows = [tier for tier in rows if tier.state != "closed" or tier is self]
        here = rows.index(self)
        there = here + (-1 if up else 1)
        if 0 <= there < len(rows):
            self.position, rows[there].position = rows[there].position, self.position
            record("moved", self, by=by)

    @property
    def prices(self) -> list[TierPrice]:
        """What it is sold at, by currency, the shortest interval first."""
        living = select(TierPrice).where(
            scoped(TierPrice), TierPrice.tier_id == self.id, TierPrice.archived_at.is_(None)
        )
        return sorted(db.session.scalars(living), key=lambda one: (one.currency, INTERVALS.index(one.interval)))

    def _living_price(self, interval: str, currency: str) -> TierPrice | None:
        return next((one for one in self.prices if (one.interval, one.currency) == (interval, currency)), None)

    def _count_those_on_sale(self) -> None:
        """Let every page know, without asking for them, whether there is something to buy."""
        db.session.flush()
        own = type(self)
        selling = select(func.count()).select_from(own).where(scoped(own), own.state == "selling")
        here = Tenant.id == current_tenant_id()
        db.session.execute(update(Tenant).where(here).values(tier_count=selling.scalar_subquery()))
        touch("hall")

    def _lock(self: Any) -> None:
        db.session.refresh(self, with_for_update=True)
