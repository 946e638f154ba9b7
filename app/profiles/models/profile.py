"""The words, the availability and the preferences of one member."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, scoped, tenant_key
from tenants.versions import touch


class NothingToConfirm(Conflict):
    message = _l("Say first how many hours a week you have.")


class JustLeft(Conflict):
    message = _l("This member has just left.")


class Profile(TenantLink, Base):
    """One per member: words, availability and how to reach them. Minutes a week; a vacation hides availability."""

    __tablename__ = "profiles"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint(
            "available_minutes IS NULL OR available_minutes BETWEEN 0 AND 10080", name="available_within_a_week"
        ),
        CheckConstraint(
            "vacation_until IS NULL OR vacation_from IS NULL OR vacation_until >= vacation_from",
            name="vacation_in_order",
        ),
        CheckConstraint("contact IN ('messages', 'email_after_agreement', 'email_members')", name="contact_known"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    headline: Mapped[str] = mapped_column(server_default="")
    story: Mapped[str] = mapped_column(server_default="")
    offers: Mapped[str] = mapped_column(server_default="")
    available_minutes: Mapped[int | None] = mapped_column(Integer)
    availability_confirmed_on: Mapped[date | None]
    vacation_from: Mapped[date | None]
    vacation_until: Mapped[date | None]
    place: Mapped[str] = mapped_column(server_default="")
    remote: Mapped[bool] = mapped_column(server_default="true")
    languages: Mapped[list[str]] = mapped_column(server_default="{}")
    links: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    contact: Mapped[str] = mapped_column(server_default="messages")
    contact_details: Mapped[str] = mapped_column(server_default="")
    # Whether thanks are shown on their page as they come.
    kudos_shown: Mapped[bool] = mapped_column(server_default="false")
    department: Mapped[str] = mapped_column(server_default="")
    manager_id: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))

    @classmethod
    def of(cls, member_id: UUID) -> Self:
        """Return a member's profile, empty at first; it stays locked until this transaction ends, so that two tabs wait
        for each other.

        :raises JustLeft: when the other tab left the tenant.
        """
        empty = insert(cls).values(tenant_id=current_tenant_id(), member_id=member_id)
        db.session.execute(empty.on_conflict_do_nothing())
        profile = db.session.scalars(
            select(cls)
            .where(scoped(cls), cls.member_id == member_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one_or_none()
        if profile is None:
            raise JustLeft
        return profile

    def tell(self, *, now: datetime, **words: Any) -> None:
        """Say something else in these columns."""
        for name, value in words.items():
            setattr(self, name, value)
        self.updated_at = now
        touch("people")

    def offer_hours(self, minutes: int | None, *, on: date, now: datetime) -> None:
        """Say how many minutes a week are free, as of a day; None says nothing."""
        self.tell(now=now, available_minutes=minutes, availability_confirmed_on=None if minutes is None else on)

    def confirm_hours(self, *, on: date, now: datetime) -> None:
        """Say that it is still true.

        :raises NothingToConfirm: when no hours were ever given.
        """
        if self.available_minutes is None:
            raise NothingToConfirm
        self.tell(now=now, availability_confirmed_on=on)

    def go_away(self, *, from_: date | None, until: date, now: datetime) -> None:
        """Be away from a day (None: at once) to the end of another; meanwhile nobody is told of free hours."""
        self.tell(now=now, vacation_from=from_, vacation_until=until)

    def come_back(self, *, now: datetime) -> None:
        """Be here again, or never leave."""
        self.tell(now=now, vacation_from=None, vacation_until=None)
