"""Two members stay apart: neither writes to the other nor raises a hand for the other's gigs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, bindparam, delete, exists, or_, select, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor, current_tenant_id, who_decides
from tenants.isolation import TenantLink, scoped, tenant_key
from tenants.versions import touch


class Block(TenantLink, Base):
    """One member does not want to hear from another."""

    __tablename__ = "blocks"
    shown_in = ("gigs", "people")
    __table_args__ = (
        tenant_key("blocker_id", "members", ondelete="CASCADE"),
        tenant_key("blocked_id", "members", ondelete="CASCADE"),
        CheckConstraint("blocker_id <> blocked_id", name="two_different_people"),
        Index("blocks_blocked_idx", "tenant_id", "blocked_id"),
    )

    blocker_id: Mapped[UUID] = mapped_column(primary_key=True)
    blocked_id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]

    @classmethod
    def put(cls, blocked_id: UUID, *, by: Actor, now: datetime) -> None:
        """Keep two members apart from now on; doing it twice changes nothing.

        :raises NotYourself: when it is oneself.
        """
        if blocked_id == by.id:
            raise NotYourself
        statement = insert(cls).values(
            tenant_id=current_tenant_id(), blocker_id=by.id, blocked_id=blocked_id, created_at=now
        )
        db.session.execute(statement.on_conflict_do_nothing())
        touch("gigs", "people")

    @classmethod
    def lift(cls, blocked_id: UUID, *, by: Actor) -> None:
        """Let a member write again."""
        db.session.execute(delete(cls).where(scoped(cls), cls.blocker_id == by.id, cls.blocked_id == blocked_id))
        touch("gigs", "people")


class NotYourself(Conflict):
    message = _l("You cannot block yourself.")


_ONE, _OTHER = bindparam("one"), bindparam("other")
_APART = select(
    exists().where(
        scoped(Block),
        or_(
            (Block.blocker_id == _ONE) & (Block.blocked_id == _OTHER),
            (Block.blocker_id == _OTHER) & (Block.blocked_id == _ONE),
        ),
    )
)


def is_blocking(blocker_id: UUID, blocked_id: UUID) -> bool:
    """Return whether one member has blocked another."""
    return db.session.get(Block, (current_tenant_id(), blocker_id, blocked_id)) is not None


def are_apart(one: UUID, other: UUID) -> bool:
    """Return whether either of two members has blocked the other; whoever acts for one of them counts as well."""
    pairs = ((a, b) for a in who_decides(one) for b in who_decides(other) if a != b)
    return any(db.session.scalar(_APART, {"one": a, "other": b}) for a, b in pairs)


def apart_from(member_id: UUID) -> frozenset[UUID]:
    """Return all members whom one has blocked, or who have blocked them."""
    return frozenset(other for one in who_decides(member_id) for other in db.session.scalars(_ALL_APART, {"one": one}))


_ALL_APART = union_all(
    select(Block.blocked_id).where(scoped(Block), Block.blocker_id == _ONE),
    select(Block.blocker_id).where(scoped(Block), Block.blocked_id == _ONE),
)
