"""A member's request to be vetted: what for, what they show, and where it stands."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.categories.models import Category
from app.core.database import Base, db
from app.core.languages import gettext as _
from app.core.timers import day_of
from app.core.wording import full_day
from app.experts.failures import AskedAlready, BenchClosed, NoSuchLevel, TooSoon, VettedAlready
from app.experts.models.bench import Bench
from app.experts.models.deciding import Deciding
from app.experts.models.expertise import close_over, end_of, running
from app.experts.states import VETTING, WAITING
from tenants.context import Actor, tenant
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member, one_of

#: Whoever was refused may ask again after so long; whoever is vetted may renew in the last so many days.
PATIENCE = timedelta(days=90)
RENEWABLE = timedelta(days=90)


class Vetting(Deciding, TenantRow, Base):
    """`words` and files are for those who decide; `evidence` is the one line of it that everybody may read."""

    __tablename__ = "vettings"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        tenant_key("skill_id", "skills", ondelete="CASCADE"),
        CheckConstraint(one_of("state", VETTING.states), name="state_known"),
        Index(
            "vettings_waiting_key",
            "tenant_id",
            "member_id",
            "category_id",
            "skill_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("state IN ('open', 'tied')"),
        ),
        Index("vettings_category_idx", "tenant_id", "category_id", "state", "asked_at"),
        Index(
            "vettings_at_desk_idx",
            "tenant_id",
            "category_id",
            "state_changed_at",
            "id",
            postgresql_where=text("state IN ('open', 'tied')"),
        ),
        Index("vettings_remind_idx", "tenant_id", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
        Index("vettings_deadline_idx", "tenant_id", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")),
    )

    member_id: Mapped[UUID]
    category_id: Mapped[UUID]
    skill_id: Mapped[UUID | None]
    level: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str]
    evidence: Mapped[str] = mapped_column(server_default="")
    links: Mapped[list[str]] = mapped_column(server_default="{}")
    state: Mapped[str] = mapped_column(server_default="open")
    asked_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    # Once it is granted: at which level, and until when.
    granted_level: Mapped[str] = mapped_column(server_default="")
    valid_until: Mapped[date | None]

    @classmethod
    def ask(
        cls,
        category: Category,
        *,
        by: Actor,
        skill_id: UUID | None = None,
        level: str = "",
        words: str,
        evidence: str = "",
        links: Iterable[str] = (),
        papers: Iterable["Paper"] = (),
        now: datetime,
    ) -> "Vetting":
        """Return the request of a member to be vetted for a category, or for one skill in it.

        :raises BenchClosed: when nobody is vetted there.
        :raises NoSuchLevel: when the category has none of that name.
        :raises AskedAlready: while the same is being looked at.
        :raises VettedAlready: while they are, at that level, for longer than 90 days.
        :raises TooSoon: within 90 days of a refusal.
        """
        # Two tabs that ask at once are one after the other.
        db.session.execute(select(Member.id).where(scoped(Member), Member.id == by.id).with_for_update(key_share=True))
        bench = Bench.of(category.id)
        if not bench.is_open or category.is_archived:
            raise BenchClosed
        elif bench.levels and level not in bench.levels:
            raise NoSuchLevel
        cls._refuse_again(by, category.id, skill_id, level, now)
        vetting = cls(
            member_id=by.id, category_id=category.id, skill_id=skill_id, level=level, words=words, evidence=evidence,
            links=list(links), state="open", asked_at=now, state_changed_at=now,
        )  # fmt: skip
        db.session.add(vetting)
        db.session.flush()
        for paper in papers:
            paper.vetting_id = vetting.id
            db.session.add(paper)
        vetting.set_timer(now=now)
        vetting.note("ask", by=by)
        return vetting

    @classmethod
    def _refuse_again(cls, by: Actor, category_id: UUID, skill_id: UUID | None, level: str, now: datetime) -> None:
        for_it = (cls.member_id == by.id, cls.category_id == category_id, cls.skill_id.is_not_distinct_from(skill_id))
        last = db.session.scalars(
            select(cls).where(scoped(cls), *for_it).order_by(cls.asked_at.desc()).limit(1)
        ).first()
        if last is not None and last.state in WAITING:
            raise AskedAlready
        elif last is not None and last.state == "refused" and now < last.state_changed_at + PATIENCE:
            again = day_of(last.state_changed_at + PATIENCE, tenant.time_zone)
            raise TooSoon(_("You can ask again from %(day)s on.", day=full_day(again)))
        close_over(now=now, member_id=by.id)
        held = running(by.id, category_id, skill_id)
        is_late = held is not None and held.valid_until - day_of(now, tenant.time_zone) <= RENEWABLE
        if held is not None and held.level == level and not is_late:
            raise VettedAlready

    def give_way(self, *, now: datetime) -> None:
        """Wait no longer, since another request of theirs came to be for the same: that one goes on. Nobody is told: whoever
        asked still waits for one answer.
        """
        from_, self.state, self.state_changed_at = self.state, "lapsed", now
        self.remind_at = self.deadline_at = None
        record("give_way", self, by=None, from_=from_, to="lapsed", **self.facts(None))

    def facts(self, by: Actor | None) -> dict[str, Any]:
        category = db.session.get_one(Category, (self.tenant_id, self.category_id))
        member = db.session.get_one(Member, (self.tenant_id, self.member_id))
        return {
            "member_id": str(self.member_id),
            "category_id": str(self.category_id),
            "title": category.name,
            "name": member.name,
            "until": end_of(self.valid_until).isoformat() if self.valid_until else None,
        }


class Paper(TenantRow, Base):
    """A file that somebody shows to be vetted. Its bytes lie in the store under their digest."""

    __tablename__ = "vetting_papers"
    __table_args__ = (
        tenant_key("vetting_id", "vettings", ondelete="CASCADE"),
        Index("vetting_papers_vetting_idx", "tenant_id", "vetting_id"),
    )

    vetting_id: Mapped[UUID]
    name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
