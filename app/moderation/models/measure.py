"""One decision about a member who broke a rule. Rows are only ever added: the database refuses to change them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, and_, exists, func, select, text, update
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.activity.recording import record
from app.categories.models import Category
from app.core.database import Base, db
from app.core.languages import gettext as _
from app.gigs.models import Gig
from app.gigs.states import GIG
from app.moderation.failures import AlreadyTakenBack, NothingToTakeBack, YourOwnDecision
from app.moderation.models.category_ban import write_bans
from app.moderation.things import Thing, thing_or_none
from app.moderation.words import called, effect
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member, one_of
from tenants.restraints import DEEDS, Restraint, written

#: What can be decided. `lifted` takes an earlier one back; `removed` and `banned` are how a membership ends (`app.departures`).
KINDS = ("warned", "hidden", "limited", "suspended", "removed", "banned", "lifted")
#: How a membership ends.
ENDS = ("removed", "banned")
#: What lasts for a time.
LASTING = ("limited", "suspended")
#: What can be taken back; a warning stays what it is, and whoever was removed may be invited again.
LIFTABLE = ("hidden", *LASTING, "banned")


class Measure(TenantRow, Base):
    """A decision: about whom, for which of the tenant's rules, why, by whom, until when. Appended to only."""

    __tablename__ = "measures"
    __table_args__ = (
        tenant_key("member_id", "members"),
        tenant_key("taken_by", "members"),
        tenant_key("report_id", "reports"),
        tenant_key("lifts_id", "measures"),
        tenant_key("category_id", "categories"),
        # A decision is taken back once.
        UniqueConstraint("tenant_id", "lifts_id"),
        CheckConstraint(one_of("kind", KINDS), name="kind_known"),
        CheckConstraint("(kind = 'lifted') = (lifts_id IS NOT NULL)", name="lifts_something"),
        CheckConstraint("(kind IN ('limited', 'suspended')) = (until IS NOT NULL)", name="lasts_for_a_time"),
        CheckConstraint("(kind IN ('limited', 'suspended')) = (deeds <> '{}')", name="takes_something"),
        CheckConstraint("(kind = 'hidden') <= (subject_id IS NOT NULL)", name="hides_something"),
        CheckConstraint("rule <> '' AND why <> ''", name="says_why"),
        CheckConstraint("category_id IS NULL OR kind IN ('limited', 'lifted')", name="category_of_a_limit"),
        Index("measures_newest_idx", text("tenant_id"), text("id DESC")),
        Index("measures_member_idx", text("tenant_id"), text("member_id"), text("id DESC")),
        Index("measures_thing_idx", "tenant_id", "subject_id", postgresql_where=text("subject_id IS NOT NULL")),
        Index("measures_lasting_idx", "tenant_id", "until", postgresql_where=text("until IS NOT NULL")),
    )

    member_id: Mapped[UUID]
    kind: Mapped[str]
    rule: Mapped[str]
    why: Mapped[str]
    deeds: Mapped[list[str]] = mapped_column(server_default="{}", default=list)
    subject_kind: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    until: Mapped[datetime | None]
    taken_by: Mapped[UUID]
    taken_at: Mapped[datetime]
    report_id: Mapped[UUID | None]
    lifts_id: Mapped[UUID | None]
    # Where a limit holds, when it is one category alone.
    category_id: Mapped[UUID | None]

    @classmethod
    def take(
        cls,
        kind: str,
        member_id: UUID,
        *,
        by: Actor,
        rule: str,
        why: str,
        now: datetime,
        until: datetime | None = None,
        deeds: Collection[str] = (),
        thing: Thing | None = None,
        report_id: UUID | None = None,
        is_done: bool = False,
        category: Category | None = None,
    ) -> Self:
        """Return the decision, in force: what it hides is hidden, what it takes is taken, and the member is told.

        :param thing: what broke the rule, if it is one thing.
        :param is_done: what it hides is hidden already, in another way.
        :param category: where a limit holds; their gigs there rest.
        :raises AlreadyHidden: when it hides what is hidden already.
        """
        taken = DEEDS if kind == "suspended" else tuple(deeds) if kind == "limited" else ()
        measure = cls(
            member_id=member_id, kind=kind, rule=rule, why=why, deeds=list(taken), until=until, taken_by=by.id,
            taken_at=now, report_id=report_id, category_id=category.id if category else None,
            subject_kind=thing.kind if thing else None, subject_id=thing.id if thing else None,
        )  # fmt: skip
        db.session.add(measure)
        db.session.flush()
        if kind == "hidden" and thing is not None and not is_done:
            thing.hide(by=by, why=f"{rule}: {why}", now=now)
        elif kind == "suspended":
            _rest_gigs(member_id, by=by)
        elif category is not None:
            _rest_gigs(member_id, by=by, category_id=category.id)
        # The member's row last, after their gigs, as wherever work is finished.
        write_restraints(locked_member(member_id), now=now)
        if kind not in ENDS:
            # The end of a membership is told by whoever ends it.
            measure._record(kind, by=by)
        return measure

    def lift(self, *, by: Actor, why: str, now: datetime) -> "Measure":
        """Return the decision that takes this one back: what was taken is given again.

        :raises YourOwnDecision: when it is about `by`.
        :raises NothingToTakeBack: for a warning, or what was taken back itself.
        :raises AlreadyTakenBack: when somebody was faster.
        """
        db.session.refresh(self, with_for_update=True)
        if by.id == self.member_id:
            raise YourOwnDecision
        elif self.kind not in LIFTABLE:
            raise NothingToTakeBack
        elif self.is_lifted:
            raise AlreadyTakenBack
        lifted = Measure(
            member_id=self.member_id, kind="lifted", rule=self.rule, why=why, taken_by=by.id, taken_at=now, lifts_id=self.id,
            subject_kind=self.subject_kind, subject_id=self.subject_id, category_id=self.category_id,
        )  # fmt: skip
        db.session.add(lifted)
        db.session.flush()
        if self.kind == "hidden" and (thing := self.thing):
            thing.restore(by=by, now=now)
        member = locked_member(self.member_id)
        if self.kind == "banned" and member.standing == "banned":
            member.standing, member.standing_reason, member.standing_changed_at = "removed", why, now
            record("lifted_ban", member, by=by, from_="banned", to="removed", why=why)
        write_restraints(member, now=now)
        lifted._record("lifted", by=by)
        return lifted

    @property
    def is_lifted(self) -> bool:
        """Whether it was taken back."""
        found = select(Measure.id).where(scoped(Measure), Measure.lifts_id == self.id)
        return db.session.execute(found).first() is not None

    @property
    def effect(self) -> str:
        """What it does, in one sentence."""
        return effect(self.kind, self.until, self.deeds, self.category_name)

    @property
    def called(self) -> str:
        """What it is called."""
        return called(self.kind, in_category=self.category_id is not None)

    @property
    def category_name(self) -> str:
        """The name of the category in which it holds; empty where it holds everywhere."""
        named = select(Category.name).where(scoped(Category), Category.id == self.category_id)
        return db.session.scalar(named) or "" if self.category_id else ""

    @property
    def thing(self) -> Thing | None:
        """What broke the rule, or None where it was no one thing, or is gone."""
        return thing_or_none(self.subject_kind, self.subject_id) if self.subject_kind and self.subject_id else None

    def _record(self, verb: str, *, by: Actor) -> None:
        facts: dict[str, Any] = {"until": self.until.isoformat()} if self.until else {}
        if self.category_id is not None:
            facts["category"] = self.category_name
        record(
            verb, self, by=by.id, why=self.why, member_id=self.member_id, rule=self.rule,
            about=self.subject_kind or "", deeds=list(self.deeds), **facts,
        )  # fmt: skip


def last_ban(member_id: UUID) -> Measure | None:
    """Return the newest decision that banned a member, or None."""
    banned = select(Measure).where(scoped(Measure), Measure.member_id == member_id, Measure.kind == "banned")
    return db.session.scalars(banned.order_by(Measure.id.desc()).limit(1)).one_or_none()


def hides(subject_id: UUID) -> bool:
    """Whether a decision that stands hides a thing."""
    back = aliased(Measure)
    taken_back = exists().where(back.tenant_id == Measure.tenant_id, back.lifts_id == Measure.id)
    found = select(Measure.id).where(
        scoped(Measure), Measure.subject_id == subject_id, Measure.kind == "hidden", ~taken_back
    )
    return db.session.execute(found.limit(1)).first() is not None


def _rest_gigs(member_id: UUID, *, by: Actor, category_id: UUID | None = None) -> None:
    # Why is between them and the moderators; they resume each themselves when it is over.
    why = _("Its author is away for a time.")
    live = select(Gig).where(scoped(Gig), Gig.author_id == member_id, Gig.state.in_(("open", "in_review")))
    if category_id is not None:
        live = live.where(Gig.category_id == category_id)
    for gig in db.session.scalars(live.order_by(Gig.id)):
        gig.lock()
        if gig.state == "in_review":
            # Else it is approved, and live.
            gig.hand_back(by=by, why=why)
        elif GIG.allows(gig.state, "pause"):
            gig.pause(by=by, why=why)


def locked_member(member_id: UUID) -> Member:
    # Decisions about one person are one after the other.
    found = select(Member).where(scoped(Member), Member.id == member_id).with_for_update(key_share=True)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def write_restraints(member: Member, *, now: datetime) -> None:
    """Keep with the member what is in force, so that every request knows it without looking it up."""
    back = aliased(Measure)
    taken_back = exists().where(back.tenant_id == Measure.tenant_id, back.lifts_id == Measure.id)
    # Where a category is no more, it holds in the one that took over.
    where = func.coalesce(Category.into_id, Measure.category_id).label("category_id")
    rows = db.session.execute(
        select(Measure.id, Measure.deeds, Measure.until, where)
        .outerjoin(Category, and_(Category.tenant_id == Measure.tenant_id, Category.id == Measure.category_id))
        .where(scoped(Measure), Measure.member_id == member.id, Measure.until > now, ~taken_back)
    )
    restraints = [Restraint(row.id, frozenset(row.deeds), row.until, row.category_id) for row in rows]
    write_bans(member.id, restraints)
    kept = written(restraints)
    db.session.execute(
        update(Member)
        .where(scoped(Member), Member.id == member.id)
        .values(restraints=kept)
        .execution_options(synchronize_session="fetch")
    )
