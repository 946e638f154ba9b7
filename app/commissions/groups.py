"""Groups of people for whom a rule of commission can be made, and who belongs to which."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.languages import lazy_gettext as _l
from app.core.reading import Reading
from tenants.isolation import scoped
from tenants.models import Member, Role

_TEAM = ("leader", "admin", "moderator")

#: In this order the first that fits somebody counts; everybody comes last.
GROUPS: dict[str, Any] = {
    "newcomers": _l("Newcomers"),
    "experts": _l("Experts and leaders of the category"),
    "team": _l("The marketplace's team"),
    "everybody": _l("Everybody"),
}

_STANDINGS = Reading(
    select(Member.id, Member.finished_count, Role.role, Role.category_id)
    .outerjoin(Role, and_(Role.tenant_id == Member.tenant_id, Role.member_id == Member.id))
    .where(scoped(Member), Member.id == any_(bindparam("ids", type_=ARRAY(Uuid()))))
)


def groups_of(member_ids: Collection[UUID], *, category_id: UUID | None) -> dict[UUID, frozenset[str]]:
    """Return to which groups members belong where a gig of a category is concerned; everybody is in `everybody`."""
    found: dict[UUID, set[str]] = {member_id: {"everybody"} for member_id in member_ids}
    for row in _STANDINGS.rows(ids=list(found)):
        if not row.finished_count:
            found[row.id].add("newcomers")
        if row.role in _TEAM:
            found[row.id].add("team")
        elif row.role in ("expert", "category_leader") and row.category_id == category_id:
            found[row.id].add("experts")
    return {member_id: frozenset(groups) for member_id, groups in found.items()}
