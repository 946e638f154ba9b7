"""The gig: its columns and constraints. Amounts are integer minor units, effort is minutes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Base, db
from app.fields.values import copy_values
from app.gigs.models.approval import zone
from app.gigs.models.columns import AUDIENCES, DIRECTIONS, GIG_KINDS, SETTLEMENTS, SKILLS, TERMS, WORDS
from app.gigs.models.editing import Editing
from app.gigs.models.moves import Person
from app.gigs.models.position import Placed
from app.gigs.models.running import Running
from app.gigs.models.seats import Seats, takes_applications
from app.gigs.states import EDITABLE, GIG, LIVE
from tenants.context import acting_helper, helper_of
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

_NEWEST = (text("tenant_id"), text("published_at DESC"), text("id DESC"))
_OPEN = text("state = 'open'")


class Gig(Running, Seats, Editing, Placed, TenantRow, Base):
    """One listing. Its author needs something (`request`) or does something (`offer`)."""

    __tablename__ = "gigs"
    shown_in = ("gigs",)
    never_shown = frozenset({"climbed_at"})
    __table_args__ = (
        tenant_key("author_id", "members"),
        tenant_key("helper_id", "members"),
        tenant_key("category_id", "categories"),
        tenant_key("coordinator_id", "members"),
        tenant_key("merged_into", "gigs", ondelete="SET NULL (merged_into)"),
        UniqueConstraint("tenant_id", "import_key"),
        CheckConstraint(one_of("direction", DIRECTIONS), name="direction_known"),
        CheckConstraint(one_of("kind", GIG_KINDS), name="kind_known"),
        CheckConstraint(one_of("settlement", SETTLEMENTS), name="settlement_known"),
        CheckConstraint(one_of("state", GIG.states), name="state_known"),
        CheckConstraint(one_of("audience", AUDIENCES), name="audience_known"),
        CheckConstraint("seats > 0", name="seats_positive"),
        CheckConstraint("seats_taken BETWEEN 0 AND seats", name="seats_not_overdrawn"),
        CheckConstraint("pay_kind IS NULL OR pay_kind IN ('fixed', 'hourly')", name="pay_kind_known"),
        CheckConstraint("pay_min IS NULL OR pay_min >= 0", name="pay_not_negative"),
        CheckConstraint("pay_max IS NULL OR pay_max >= pay_min", name="pay_in_order"),
        CheckConstraint("settlement = 'money' OR pay_min IS NULL", name="pay_only_for_money"),
        CheckConstraint("effort_span IS NULL OR effort_span IN ('total', 'day', 'week')", name="effort_span_known"),
        CheckConstraint("effort_minutes IS NULL OR effort_minutes > 0", name="effort_positive"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="span_in_order"),
        CheckConstraint(
            "state = 'draft' OR state = 'in_review' OR published_at IS NOT NULL OR state = 'removed'",
            name="live_has_a_date",
        ),
        Index("gigs_newest_idx", *_NEWEST, postgresql_where=_OPEN),
        Index(
            "gigs_due_idx",
            text("tenant_id"),
            text("COALESCE(due_on, '9999-12-31'::date)"),
            text("id"),
            postgresql_where=_OPEN,
        ),
        Index(
            "gigs_category_newest_idx",
            text("tenant_id"),
            text("category_id"),
            text("published_at DESC"),
            text("id DESC"),
            postgresql_where=_OPEN,
        ),
        # What a category's figures are of, also what is open no more.
        Index(
            "gigs_category_listed_idx",
            "tenant_id",
            "category_id",
            "published_at",
            postgresql_where=text("published_at IS NOT NULL"),
        ),
        # A band of latitudes, of which the longitudes are compared in the index itself.
        Index(
            "gigs_near_idx",
            text("tenant_id"),
            text("latitude"),
            text("longitude"),
            postgresql_where=text("state = 'open' AND latitude IS NOT NULL"),
        ),
        Index("gigs_author_idx", "tenant_id", "author_id", "state"),
        Index(
            "gigs_coordinator_idx", "tenant_id", "coordinator_id", postgresql_where=text("coordinator_id IS NOT NULL")
        ),
        Index("gigs_expiry_idx", "tenant_id", "expires_at", postgresql_where=text("state IN ('open', 'paused')")),
        Index("gigs_held_idx", "tenant_id", "author_id", postgresql_where=text("held_at IS NOT NULL")),
        Index(
            "gigs_review_queue_idx",
            "tenant_id",
            "category_id",
            "state_changed_at",
            "id",
            postgresql_where=text("state = 'in_review'"),
        ),
        Index(
            "gigs_climbed_idx",
            "tenant_id",
            "category_id",
            "climbed_at",
            "id",
            postgresql_where=text("state = 'open' AND climbed_at IS NOT NULL"),
        ),
    )

    author_id: Mapped[UUID]
    # Who wrote it for them, where somebody acted for them.
    helper_id: Mapped[UUID | None] = mapped_column(default=acting_helper)
    # Who answers those who raise a hand on its author's behalf: it is a role in a project of theirs.
    coordinator_id: Mapped[UUID | None]
    category_id: Mapped[UUID | None]
    direction: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="gig")
    settlement: Mapped[str] = mapped_column(server_default="none")
    state: Mapped[str] = mapped_column(server_default="draft")
    audience: Mapped[str] = mapped_column(server_default="hall")
    accepting: Mapped[bool] = mapped_column(server_default="true")
    title: Mapped[str] = mapped_column(server_default="")
    summary: Mapped[str] = mapped_column(server_default="")
    description: Mapped[str] = mapped_column(server_default="")
    questions: Mapped[list[str]] = mapped_column(server_default="{}")
    seats: Mapped[int] = mapped_column(Integer, server_default="1")
    seats_taken: Mapped[int] = mapped_column(Integer, server_default="0")
    due_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    effort_span: Mapped[str | None]
    effort_minutes: Mapped[int | None] = mapped_column(Integer)
    remote: Mapped[bool] = mapped_column(server_default="true")
    place: Mapped[str] = mapped_column(server_default="")
    pay_kind: Mapped[str | None]
    pay_min: Mapped[int | None] = mapped_column(BigInteger)
    pay_max: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    credits_minutes: Mapped[int | None] = mapped_column(Integer)
    favour: Mapped[str] = mapped_column(server_default="")
    level: Mapped[str] = mapped_column(server_default="")
    # The names of its skills, as `gig_skills` says: written by `name_skills` alone.
    needs: Mapped[list[str]] = mapped_column(server_default="{}")
    gains: Mapped[list[str]] = mapped_column(server_default="{}")
    # While it is a draft: the steps that are done, and what was typed and could not be read yet.
    drafting: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    expiry_reminded_at: Mapped[datetime | None]
    state_changed_at: Mapped[datetime]
    state_reason: Mapped[str] = mapped_column(server_default="")
    # Since when it rests for want of its author's membership; it comes back by itself.
    held_at: Mapped[datetime | None]
    # Since when it waits at its category's desk for somebody who knows whom it suits: nobody had taken it by then.
    climbed_at: Mapped[datetime | None]
    # The gig that it became a part of: its address leads there.
    merged_into: Mapped[UUID | None]
    import_key: Mapped[str | None]
    copied_from: Mapped[UUID | None]

    def note_helper(self) -> None:
        """Say who wrote it for its author, where somebody acts for them just now."""
        if (helper := helper_of(self.author_id)) is not None:
            self.helper_id = helper.id

    @classmethod
    def begin(cls, *, by: Person, direction: str = "request", **columns: Any) -> "Gig":
        """Return a new draft by `by`. `columns` may hold `skills_needed` and `skills_gained` as well."""
        now = clock.now()
        skills = {relation: columns.pop(name, ()) for name, relation in SKILLS.items()}
        gig = cls(
            author_id=by.id,
            direction=direction,
            state="draft",
            created_at=now,
            updated_at=now,
            state_changed_at=now,
            **columns,
        )
        db.session.add(gig)
        db.session.flush()
        for relation, names in skills.items():
            if names:
                gig.set_skills(relation, names)
        return gig

    def duplicate(self, *, by: Person) -> "Gig":
        """Return a new draft that says and asks the same; dates that are over stay behind."""
        columns = {name: getattr(self, name) for name in (*WORDS, *TERMS)}
        dates = ("due_on", "starts_on", "ends_on")
        if any(columns[name] is not None and columns[name] < clock.today(zone()) for name in dates):
            columns |= dict.fromkeys(dates)
        skills = {name: self.skills(relation) for name, relation in SKILLS.items()}
        drafting = {"done": ["details", "terms", "what"], "seen": ["details", "terms", "what"]}
        copy = type(self).begin(by=by, copied_from=self.id, drafting=drafting, **columns, **skills)
        copy_values(self.id, copy.id)
        return copy

    @property
    def answered_by(self) -> UUID:
        """Who answers those who raise a hand: its author, or whoever does so for them."""
        return self.coordinator_id or self.author_id

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def takes_applications(self) -> bool:
        return takes_applications(self)


@event.listens_for(Gig, "before_update")
def _note_helper(_mapper: Any, _connection: Any, gig: Gig) -> None:
    # Whatever is changed for its author, by whichever verb.
    gig.note_helper()
