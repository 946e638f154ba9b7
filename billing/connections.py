"""A marketplace's own account at Stripe: begun, what it lacks, whether it may charge."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.config import config
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from billing import gateway
from billing.following import follows, lock
from billing.gateway import AccessLost, Answer
from billing.operations import perform
from billing.owners import own
from billing.reconciling import Difference, reconciles
from tenants.context import Actor, current_tenant_id, tenant
from tenants.isolation import TenantRow, scoped, tenant_key

#: Nobody answered Stripe's questions yet; some are open; Stripe is looking; it takes money and pays out; it takes money and
#: cannot pay out; Stripe refused it; its owner took our access away.
STANDINGS = ("unfinished", "lacking", "checking", "ready", "unpaid", "refused", "disconnected")


class CannotCharge(Conflict):
    message = _l("Nothing can be sold yet: the account at Stripe is not ready.")


class Connection(TenantRow, Base):
    """An account at Stripe that this marketplace sells through. A disconnected one stays, for what was sold through it."""

    __tablename__ = "connections"
    __table_args__ = (
        tenant_key("begun_by", "members"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_is_a_code"),
        CheckConstraint("NOT charges_enabled OR disconnected_at IS NULL", name="a_lost_account_charges_nothing"),
        Index("connections_one_idx", "tenant_id", unique=True, postgresql_where=text("disconnected_at IS NULL")),
    )

    # Null while Stripe has not said its name.
    account_id: Mapped[str | None]
    country: Mapped[str]
    details_submitted: Mapped[bool] = mapped_column(server_default="false")
    charges_enabled: Mapped[bool] = mapped_column(server_default="false")
    payouts_enabled: Mapped[bool] = mapped_column(server_default="false")
    # Stripe's own names of what it asks for, and of what it is looking at.
    due: Mapped[list[str]] = mapped_column(server_default="{}")
    pending: Mapped[list[str]] = mapped_column(server_default="{}")
    disabled_reason: Mapped[str] = mapped_column(server_default="")
    # Whether Stripe works out the tax of what is sold, and asks buyers for what it needs to know.
    works_out_tax: Mapped[bool] = mapped_column(server_default="false")
    begun_by: Mapped[UUID]
    begun_at: Mapped[datetime]
    synced_at: Mapped[datetime | None]
    disconnected_at: Mapped[datetime | None]

    @property
    def standing(self) -> str:
        """Return which of `STANDINGS` it is in."""
        if self.disconnected_at is not None:
            return "disconnected"
        elif self.disabled_reason.startswith("rejected"):
            return "refused"
        elif self.charges_enabled:
            return "ready" if self.payouts_enabled else "unpaid"
        elif not self.details_submitted:
            return "unfinished"
        else:
            return "lacking" if self.due else "checking"

    @property
    def may_charge(self) -> bool:
        return self.charges_enabled and self.disconnected_at is None

    def page(self, *, return_url: str, refresh_url: str) -> str:
        """Return Stripe's page that asks what it still wants to know.

        :raises Refused: when Stripe gives none.
        :raises Unclear: when it does not answer.
        """
        return gateway.onboarding_page(self.account_id or "", return_url=return_url, refresh_url=refresh_url)

    def take_over(self, account: Answer, *, now: datetime) -> None:
        """Let this be as the account at Stripe is."""
        asked: dict[str, Any] = account.get("requirements") or {}
        self.account_id = account["id"]
        self.country = account.get("country") or self.country
        self.details_submitted = bool(account.get("details_submitted"))
        self.charges_enabled = bool(account.get("charges_enabled"))
        self.payouts_enabled = bool(account.get("payouts_enabled"))
        self.due = sorted({*asked.get("currently_due", ()), *asked.get("past_due", ())})
        self.pending = sorted(asked.get("pending_verification", ()))
        self.disabled_reason = asked.get("disabled_reason") or ""
        self.synced_at = now

    def lose(self, *, now: datetime) -> None:
        """Note that our access to the account has ended: nothing is sold through it from now on."""
        self.charges_enabled = self.payouts_enabled = False
        self.disconnected_at = self.disconnected_at or now


def connection() -> Connection | None:
    """Return the account that the tenant in force sells through, else the last it lost, or None."""
    found = db.select(Connection).where(scoped(Connection))
    newest = found.order_by(Connection.disconnected_at.desc().nulls_first(), Connection.begun_at.desc())
    return db.session.scalars(newest.limit(1)).first()


def charging_connection() -> Connection:
    """Return the account that the tenant in force may charge through.

    :raises CannotCharge: when it has none that may.
    """
    found = connection()
    if found is None or not found.may_charge:
        raise CannotCharge
    return found


def connect(country: str, *, by: Actor, now: datetime) -> Connection:
    """Return the tenant's living account at Stripe, opened now where it has none. Asked for twice at once, it is one.

    :raises Refused: when Stripe opens none.
    :raises Unclear: when it does not answer; asking again is safe.
    """
    # Two leaders, or one with two clicks: the second finds what the first began.
    lock(f"connection of {current_tenant_id()}")
    found = connection()
    if found is None or found.disconnected_at is not None:
        found = Connection(country=country, begun_by=by.id, begun_at=now)
        before = db.session.query(Connection).where(scoped(Connection)).count()
        wanted = {
            "type": "standard",
            "country": country,
            "business_profile": {"name": tenant.name},
            "metadata": {"tenant": str(current_tenant_id())},
        }
        account = perform("account", f"connection {before + 1}", wanted, now=now)
        found.take_over(account, now=now)
        db.session.add(found)
        own(account["id"])
        db.session.flush()
    return found


@follows("connect", "account")
def follow_account(object_id: str, _account: str | None, now: datetime) -> None:
    """Let the connection of an account be as it is at Stripe now; an account that is not ours to see is lost."""
    found = db.session.scalars(
        db.select(Connection).where(scoped(Connection), Connection.account_id == object_id)
    ).one_or_none()
    if found is None:
        return
    try:
        found.take_over(gateway.fetch("account", object_id), now=now)
    except AccessLost:
        found.lose(now=now)


@reconciles("account")
def compare_account(now: datetime) -> Iterator[Difference]:
    """Give where the account stands at Stripe, when that is not where ours stands."""
    ours = connection()
    if ours is None or ours.account_id is None or ours.disconnected_at is not None:
        return
    theirs = Connection(country=ours.country, begun_by=ours.begun_by, begun_at=ours.begun_at)
    try:
        theirs.take_over(gateway.fetch("account", ours.account_id), now=now)
    except AccessLost:
        theirs.lose(now=now)
    if theirs.standing != ours.standing:
        yield Difference(ours.account_id, "standing", ours.standing, theirs.standing, account=ours.account_id)
    elif theirs.due != ours.due:
        yield Difference(ours.account_id, "asked for", _few(ours.due), _few(theirs.due), account=ours.account_id)


def _few(names: list[str]) -> str:
    return ", ".join(names) or "nothing"


def runs_on_stand_in() -> bool:
    """Return whether money is only played with here: said on every page about it."""
    return bool(config().stripe_url)
