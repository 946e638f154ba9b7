"""Where somebody's earnings go: an account of their own at Stripe, begun when they first earn."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from billing import gateway
from billing.gateway import Answer
from tenants.isolation import TenantRow, scoped, tenant_key


class PayoutAccount(TenantRow, Base):
    """An account that only receives. One that was lost stays, for what went there."""

    __tablename__ = "payout_accounts"
    __table_args__ = (
        tenant_key("member_id", "members"),
        UniqueConstraint("tenant_id", "account_id"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_is_a_code"),
        CheckConstraint("NOT receives OR lost_at IS NULL", name="a_lost_account_receives_nothing"),
        Index(
            "payout_accounts_one_idx", "tenant_id", "member_id", unique=True, postgresql_where=text("lost_at IS NULL")
        ),
    )

    member_id: Mapped[UUID]
    account_id: Mapped[str]
    country: Mapped[str]
    details_submitted: Mapped[bool] = mapped_column(server_default="false")
    receives: Mapped[bool] = mapped_column(server_default="false")
    payouts_enabled: Mapped[bool] = mapped_column(server_default="false")
    # Stripe's own names of what it asks for.
    due: Mapped[list[str]] = mapped_column(server_default="{}")
    disabled_reason: Mapped[str] = mapped_column(server_default="")
    begun_at: Mapped[datetime]
    synced_at: Mapped[datetime]
    lost_at: Mapped[datetime | None]

    @property
    def standing(self) -> str:
        """Return how it stands: `lost refused ready unpaid unfinished lacking checking`."""
        if self.lost_at is not None:
            return "lost"
        elif self.disabled_reason.startswith("rejected"):
            return "refused"
        elif self.receives:
            return "ready" if self.payouts_enabled else "unpaid"
        elif not self.details_submitted:
            return "unfinished"
        else:
            return "lacking" if self.due else "checking"

    def page(self, *, return_url: str, refresh_url: str) -> str:
        """Return Stripe's page that asks what it still wants to know.

        :raises Refused: when Stripe gives none.
        :raises Unclear: when it does not answer.
        """
        return gateway.onboarding_page(self.account_id, return_url=return_url, refresh_url=refresh_url)

    def take_over(self, account: Answer, *, now: datetime) -> None:
        """Let this be as the account at Stripe is."""
        asked: dict[str, Any] = account.get("requirements") or {}
        self.account_id = account["id"]
        self.country = account.get("country") or self.country
        self.details_submitted = bool(account.get("details_submitted"))
        self.receives = (account.get("capabilities") or {}).get("transfers") == "active"
        self.payouts_enabled = bool(account.get("payouts_enabled"))
        self.due = sorted({*asked.get("currently_due", ()), *asked.get("past_due", ())})
        self.disabled_reason = asked.get("disabled_reason") or ""
        self.synced_at = now

    def lose(self, *, now: datetime) -> None:
        """Note that nothing can be sent there any more."""
        self.receives = self.payouts_enabled = False
        self.lost_at = self.lost_at or now


def living_account(member_id: UUID) -> PayoutAccount | None:
    """Return where a member's earnings go, or None before they have said so."""
    found = select(PayoutAccount).where(
        scoped(PayoutAccount), PayoutAccount.member_id == member_id, PayoutAccount.lost_at.is_(None)
    )
    return db.session.scalars(found).one_or_none()
