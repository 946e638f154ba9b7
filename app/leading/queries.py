"""What pages about leading a category read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, select

from app.categories.offices import TermOfOffice
from app.core.database import db
from tenants.isolation import scoped
from tenants.models import Member

_TERMS = (
    select(
        TermOfOffice.id,
        TermOfOffice.office,
        TermOfOffice.starts_on,
        TermOfOffice.ends_on,
        TermOfOffice.ended_at,
        TermOfOffice.member_id,
        Member.name,
        Member.hue,
        Member.picture,
    )
    .join(Member, and_(Member.tenant_id == TermOfOffice.tenant_id, Member.id == TermOfOffice.member_id))
    .where(scoped(TermOfOffice), TermOfOffice.category_id == bindparam("category_id"))
    .order_by(TermOfOffice.office, TermOfOffice.starts_on, TermOfOffice.id)
    .limit(200)
)


def terms_of(category_id: UUID) -> Sequence[Row[Any]]:
    """Return the terms in a category, leaders first, the longest ago first: id, office, starts_on, ends_on, ended_at, and
    the member_id, name, hue and picture of whose it is.
    """
    return db.session.execute(_TERMS, {"category_id": category_id}).all()
