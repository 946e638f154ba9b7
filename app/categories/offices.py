"""Terms of office: from when until when somebody leads a category or is its expert. What is over stays on record."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, delete, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.categories.cut_short import tell
from app.categories.models import Category
from app.core import clock
from app.core.database import Base, db
from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l
from app.core.timers import day_of
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member, Role, Tenant, one_of
from tenants.offices import in_office
from tenants.restraints import keeps_from

OFFICES = ("category_leader", "expert")
#: So many days before its end those who decide, and the person, are reminded.
REMINDERS = (30, 7)


class AlreadyInOffice(Conflict):
    message = _l("They hold this office already. Renew their term instead.")


class TermOver(Conflict):
    message = _l("This term is over. Appoint them anew.")


class BannedThere(Conflict):
    message = _l("They are banned from this category for now. Take that back first.")


class WrongSpan(Invalid):
    message = _l("A term ends after it began, and not before today.")


class TermOfOffice(TenantRow, Base):
    """One term. `ends_on` is its last day where the marketplace is (None: until somebody ends it), `ended_at` the moment at
    which it was over; as long as it runs, a role gives its powers.
    """

    __tablename__ = "terms_of_office"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        CheckConstraint(one_of("office", OFFICES), name="office_known"),
        CheckConstraint("ends_on >= starts_on", name="span_in_order"),
        Index(
            "terms_of_office_running_idx",
            "tenant_id",
            "member_id",
            "category_id",
            "office",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("terms_of_office_category_idx", "tenant_id", "category_id", "starts_on"),
        Index("terms_of_office_ends_idx", "tenant_id", "ends_on", postgresql_where=text("ended_at IS NULL")),
    )

    member_id: Mapped[UUID]
    category_id: Mapped[UUID]
    office: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(server_default="")
    given_by: Mapped[UUID | None]
    # Of the reminders the last that was given, in days before the end.
    reminded: Mapped[int | None] = mapped_column(Integer)
    # Whether it came of being vetted: then that is what is told, reminded of and renewed (`app.experts`).
    vetted: Mapped[bool] = mapped_column(server_default="false")

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @classmethod
    def begin(
        cls,
        category: Category,
        member: Member,
        office: str,
        *,
        starts_on: date,
        ends_on: date | None,
        by: Actor | None,
        now: datetime,
        vetted: bool = False,
    ) -> "TermOfOffice":
        """Let a member lead a category, or be its expert, and return the term.

        :raises WrongSpan: when it would end before it began, or before today; or begin in days to come.
        :raises AlreadyInOffice: when they hold that office.
        :raises BannedThere: when they are kept from the category.
        """
        hold_unbanned(category, member, now=now)
        _clear_away(now, member_id=member.id)
        if not starts_on <= _today(now) or (ends_on is not None and ends_on < _today(now)):
            raise WrongSpan
        held = select(Role.id).where(
            scoped(Role), Role.member_id == member.id, Role.category_id == category.id, Role.role == office
        )
        if db.session.scalars(held).first() is not None:
            raise AlreadyInOffice
        giver, about = by.id if by else None, {"member_id": member.id, "category_id": category.id}
        term = cls(office=office, starts_on=starts_on, ends_on=ends_on, given_by=giver, vetted=vetted, **about)
        db.session.add(Role(role=office, granted_at=now, granted_by=giver, until=term._until(), **about))
        db.session.add(term)
        db.session.flush()
        term._note("began", by, category)
        return term

    @classmethod
    def vet(cls, category: Category, member: Member, until: date, *, now: datetime) -> "TermOfOffice":
        """Let a member who was vetted be the category's expert until a day at least, and return the term."""
        _clear_away(now, member_id=member.id)
        theirs = (cls.member_id == member.id, cls.category_id == category.id, cls.office == "expert")
        held = select(cls).where(scoped(cls), *theirs, cls.ended_at.is_(None))
        term = db.session.scalars(held.with_for_update()).one_or_none()
        if term is None:
            today = _today(now)
            return cls.begin(category, member, "expert", starts_on=today, ends_on=until, by=None, now=now, vetted=True)
        elif term.ends_on is not None and term.ends_on < until:
            term.renew(until, by=None, now=now)
        return term

    def renew(self, ends_on: date | None, *, by: Actor | None, now: datetime) -> None:
        """Let it run until another day, or (None) until somebody ends it.

        :raises TermOver: when it has ended: a gap is a gap.
        """
        self.refuse_over(now)
        if ends_on is not None and ends_on < _today(now):
            raise WrongSpan
        is_sooner = is_later(self.ends_on, ends_on)
        self.ends_on, self.reminded = ends_on, None
        db.session.execute(update(Role).where(*self._role()).values(until=self._until()))
        if is_sooner:
            tell(self, now)
        self._note("renewed", by)

    def end(self, *, by: Actor, why: str, now: datetime) -> None:
        """Let it be over now.

        :raises TermOver: when it is already.
        """
        self.refuse_over(now)
        self.close(now, why)
        tell(self, now)
        self._note("ended", by, why=why)

    def refuse_over(self, now: datetime) -> None:
        if not self.is_running or (self.ends_on is not None and self.ends_on < _today(now)):
            raise TermOver

    def close(self, at: datetime, why: str = "") -> None:
        """Take the role away, and keep the record."""
        self.ended_at, self.ended_why = at, why
        db.session.execute(delete(Role).where(*self._role()))

    def remind(self, days: int) -> None:
        """Tell those whom it concerns that it ends in so many days."""
        self.reminded = days
        self._note("ends_soon", None, days=days)

    def _role(self) -> tuple[object, ...]:
        held = (Role.member_id == self.member_id, Role.category_id == self.category_id, Role.role == self.office)
        return scoped(Role), *held

    def _until(self) -> datetime | None:
        return clock.end_of_day(self.ends_on, _zone()) if self.ends_on else None

    def _note(self, verb: str, by: Actor | None, category: Category | None = None, **facts: object) -> None:
        category = category or db.session.get_one(Category, (current_tenant_id(), self.category_id))
        member = db.session.get_one(Member, (current_tenant_id(), self.member_id))
        until = self._until()
        facts |= {"until": until.isoformat() if until else None, "office": self.office, "vetted": self.vetted}
        record(
            verb, self, by=by, kind="office", member_id=self.member_id, name=member.name, title=category.name, **facts
        )


def hold_unbanned(category: Category, member: Member, *, now: datetime) -> None:
    """Hold the row of a member who is to have a say in a category: two who give it at once are one after the other.

    :raises BannedThere: when they are kept from it.
    """
    kept = select(Member.restraints).where(scoped(Member), Member.id == member.id).with_for_update(key_share=True)
    if keeps_from(db.session.scalars(kept).one(), category.id, now=now):
        raise BannedThere


def close_ended(*, now: datetime) -> int:
    """Put the terms on record that the clock has ended, and return how many: their powers were gone at that moment."""
    return _clear_away(now)


def reminder_due(last_day: date | None, today: date) -> int | None:
    """Return which of the reminders of an end it is time for, as days before it; None while it is far, or not set."""
    left = (last_day - today).days if last_day else None
    return min((days for days in REMINDERS if left is not None and left <= days), default=None)


def last_to_remind_of(today: date) -> date:
    """Return the last day on which anything may end that is reminded of by now."""
    return today + timedelta(days=max(REMINDERS))


def remind_of_ends(*, now: datetime) -> int:
    """Remind of terms that end within thirty days, and again within seven; return of how many."""
    today, count = _today(now), 0
    soon = TermOfOffice.ends_on.between(today, last_to_remind_of(today))
    running = select(TermOfOffice).where(
        scoped(TermOfOffice), TermOfOffice.ended_at.is_(None), soon, ~TermOfOffice.vetted
    )
    for term in db.session.scalars(running.order_by(TermOfOffice.ends_on).with_for_update(skip_locked=True)):
        due = reminder_due(term.ends_on, today)
        if due is not None and (term.reminded is None or term.reminded > due):
            term.remind(due)
            count += 1
    return count


def _clear_away(now: datetime, **whose: UUID) -> int:
    today = _today(now)
    ended = select(TermOfOffice).where(
        scoped(TermOfOffice), TermOfOffice.ended_at.is_(None), TermOfOffice.ends_on < today
    )
    terms = db.session.scalars(ended.filter_by(**whose).with_for_update()).all()
    for term in terms:
        term.close(term._until() or now)
        term._note("ran_out", None)
    # A role whose row somebody else gave an end goes the same way.
    over = delete(Role).where(scoped(Role), Role.until.is_not(None), ~in_office(now=now))
    db.session.execute(over.where(*(getattr(Role, name) == value for name, value in whose.items())))
    return len(terms)


def is_later(one: date | None, other: date | None) -> bool:
    """Whether one last day comes after another; without any, a term runs until somebody ends it."""
    return other is not None and (one is None or one > other)


def _zone() -> str:
    return db.session.get_one(Tenant, current_tenant_id()).time_zone


def _today(now: datetime) -> date:
    return day_of(now, _zone())
