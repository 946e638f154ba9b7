"""One payment of a client's, from the page on which it is asked for to its end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.commissions.split import FrozenTerms, Split, split
from app.core.database import Base, db
from app.payments.models.refund import Refund
from app.payments.models.share import Share
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import one_of

#: Asked for; the bank asks or takes its time; held; gone to those who earned it, wholly or in part; gone back; taken back by
#: the bank for now; the bank said no in the end; nobody paid in time.
STATES = (
    "asked", "processing", "held", "released", "partly_released", "refunded", "disputed", "failed", "expired"
)  # fmt: skip
OPEN = ("asked", "processing")
PAID = ("held", "released", "partly_released", "refunded", "disputed")
DISPUTES = ("open", "won", "lost")


class Payment(TenantRow, Base):
    """Money for one milestone, for the whole work (no milestone), or a tip. Amounts are minor units of `currency`.

    `price` is what the work costs, `total` what the client pays with the fees that `terms` lay on top. Of the total, `released`
    went to shares and `returned` back to the client while it was held; the rest is held.
    """

    __tablename__ = "payments"
    __table_args__ = (
        tenant_key("agreement_id", "agreements"),
        tenant_key("milestone_id", "milestones"),
        tenant_key("client_id", "members"),
        tenant_key("worker_id", "members"),
        UniqueConstraint("tenant_id", "session_id"),
        UniqueConstraint("tenant_id", "charge_id"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("kind IN ('work', 'tip')", name="kind_known"),
        CheckConstraint(f"dispute_state IS NULL OR {one_of('dispute_state', DISPUTES)}", name="dispute_state_known"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        CheckConstraint("price > 0 AND total >= price", name="total_holds_the_price"),
        CheckConstraint(
            "released >= 0 AND returned >= 0 AND released + returned <= total", name="no_more_leaves_than_came"
        ),
        CheckConstraint(
            "state NOT IN ('asked', 'processing') OR released + returned = 0", name="nothing_leaves_unpaid"
        ),
        CheckConstraint("offered_price IS NULL OR offered_price BETWEEN 1 AND price", name="part_of_the_price"),
        # A part is paid in once: another try only after this one failed, ran out or went back.
        Index(
            "payments_one_per_part_idx",
            "tenant_id",
            "agreement_id",
            "milestone_id",
            unique=True,
            postgresql_where=text("kind = 'work' AND state NOT IN ('failed', 'expired', 'refunded')"),
            postgresql_nulls_not_distinct=True,
        ),
        Index("payments_agreement_idx", "tenant_id", "agreement_id", "id"),
        Index("payments_worker_idx", "tenant_id", "worker_id", "id"),
        Index("payments_held_idx", "tenant_id", "held_at", postgresql_where=text("state = 'held'")),
        Index("payments_open_idx", "tenant_id", "asked_at", postgresql_where=text("state IN ('asked', 'processing')")),
    )

    agreement_id: Mapped[UUID]
    milestone_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(server_default="work")
    attempt: Mapped[int] = mapped_column(Integer, server_default="1")
    # What it is for, as it was called then.
    title: Mapped[str]
    client_id: Mapped[UUID]
    worker_id: Mapped[UUID]
    price: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    terms: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(server_default="asked")
    released: Mapped[int] = mapped_column(BigInteger, server_default="0")
    returned: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # For how much of the price the client would take what was handed over; the worker answers.
    offered_price: Mapped[int | None] = mapped_column(BigInteger)
    offered_at: Mapped[datetime | None]
    session_id: Mapped[str | None]
    charge_id: Mapped[str | None]
    dispute_state: Mapped[str | None]
    # Where its invoice can be read at Stripe.
    page_url: Mapped[str] = mapped_column(server_default="")
    asked_at: Mapped[datetime]
    held_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_paid(self) -> bool:
        return self.state in PAID

    @property
    def is_disputed(self) -> bool:
        return self.dispute_state == "open"

    @property
    def held(self) -> int:
        """What the platform still keeps for whoever will earn it."""
        return self.total - self.released - self.returned if self.is_paid else 0

    @property
    def frozen_terms(self) -> FrozenTerms:
        return FrozenTerms.from_json(self.terms)

    @property
    def price_done(self) -> int:
        """For how much of the price the work was taken; the whole while nothing was shared out."""
        is_part = self.offered_price is not None and 0 < self.released < self.total
        return self.offered_price if is_part and self.offered_price else self.price

    def shared(self) -> Split:
        """Return how what the work was taken for is shared out."""
        return split(self.price_done, self.frozen_terms, currency=self.currency, worker_id=self.worker_id)

    @property
    def group(self) -> str:
        return group_of(self.agreement_id)

    def lock(self) -> None:
        """Hold this row until the transaction ends, as it is now. Whoever needs its agreement locked as well does that before."""
        db.session.refresh(self, with_for_update={"key_share": True})

    def shares(self) -> list[Share]:
        """Return who has which share, the worker first; none before it was released."""
        found = select(Share).where(scoped(Share), Share.payment_id == self.id)
        return list(db.session.scalars(found.order_by(Share.id)))

    def failed(self) -> int:
        """Return what was to go back to the client and did not arrive."""
        gone = select(func.coalesce(func.sum(Refund.amount), 0)).where(
            scoped(Refund), Refund.payment_id == self.id, Refund.state == "failed"
        )
        return int(db.session.execute(gone).scalar_one())

    def restate(self) -> None:
        """Let the state say what the amounts say."""
        left = self.released - sum(share.taken for share in self.shares())
        if self.is_disputed:
            self.state = "disputed"
        elif self.held:
            self.state = "held"
        elif left == self.total:
            self.state = "released"
        else:
            self.state = "partly_released" if left else "refunded"


def group_of(agreement_id: UUID) -> str:
    """Return the name under which Stripe keeps together what is paid and moved for an agreement."""
    return f"agreement_{agreement_id}"
