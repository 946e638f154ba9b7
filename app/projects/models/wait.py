"""Who waits for whom: a milestone of one role for one of another, so that everybody sees whom a late one holds up."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key

#: A milestone of a role by its number, from one; the nought stands for the role as a whole: its beginning where it waits, its
#: end where it is waited for.
Place = tuple[UUID, int]


class Wait(TenantRow, Base):
    """Milestone `part` of a role cannot begin before `for_part` of another is accepted."""

    __tablename__ = "project_waits"
    __table_args__ = (
        tenant_key("project_id", "projects", ondelete="CASCADE"),
        tenant_key("role_id", "project_roles", ondelete="CASCADE"),
        tenant_key("for_id", "project_roles", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "role_id", "part", "for_id", "for_part"),
        CheckConstraint("role_id <> for_id", name="waits_for_another_role"),
        CheckConstraint("part >= 0 AND for_part >= 0", name="numbered_from_nought"),
        Index("project_waits_project_idx", "tenant_id", "project_id", "id"),
        Index("project_waits_for_idx", "tenant_id", "for_id"),
    )

    project_id: Mapped[UUID]
    role_id: Mapped[UUID]
    part: Mapped[int] = mapped_column(Integer)
    for_id: Mapped[UUID]
    for_part: Mapped[int] = mapped_column(Integer)

    @property
    def waiting(self) -> Place:
        return self.role_id, self.part

    @property
    def awaited(self) -> Place:
        return self.for_id, self.for_part


def goes_in_a_circle(pairs: Iterable[tuple[Place, Place]], one: Place, other: Place) -> bool:
    """Return whether `one` would, in the end, wait for itself if it waited for `other`.

    :param pairs: what waits already, and for what. The milestones of a role come one after the other, so each waits for the one
        before it, and a role's end for all of them.
    """
    after: dict[Place, set[Place]] = {}
    parts: dict[UUID, int] = {}
    for waiting, awaited in (*pairs, (one, other)):
        for role_id, part in (waiting, awaited):
            parts[role_id] = max(parts.get(role_id, 1), part)
        after.setdefault(_beginning(waiting), set()).add(awaited)
    for role_id, most in parts.items():
        after.setdefault((role_id, 0), set()).add((role_id, most))
        for part in range(2, most + 1):
            after.setdefault((role_id, part), set()).add((role_id, part - 1))
    goal, seen, coming = _beginning(one), set(), [other]
    while coming:
        place = coming.pop()
        if place == goal:
            return True
        if place not in seen:
            seen.add(place)
            coming += after.get(place, ())
    return False


def _beginning(place: Place) -> Place:
    return place[0], place[1] or 1
