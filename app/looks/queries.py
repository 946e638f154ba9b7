"""What is read about the looks of a marketplace."""

from typing import Any

from sqlalchemy import Row, func, select

from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import lazy_gettext as _l
from app.looks.models import HallPicture, ThemeVersion
from tenants.isolation import scoped
from tenants.models import Member


class NoSuchVersion(NotFound):
    message = _l("Your marketplace never had this look.")


def newest_number() -> int:
    """Return the number of the version in use, or 0 while it looks as it opened."""
    return db.session.scalars(select(func.coalesce(func.max(ThemeVersion.number), 0)).where(scoped(ThemeVersion))).one()


def version_or_404(number: int) -> ThemeVersion:
    """Return a version by its number.

    :raises NoSuchVersion: when there is none.
    """
    version = db.session.scalars(
        select(ThemeVersion).where(scoped(ThemeVersion), ThemeVersion.number == number)
    ).one_or_none()
    if version is None:
        raise NoSuchVersion
    return version


def last_versions(how_many: int) -> list[Row[Any]]:
    """Return the last versions, newest first: `version`, and `name` of who made it (None for the first)."""
    return list(
        db.session.execute(
            select(ThemeVersion.__table__, Member.name)
            .outerjoin(Member, (Member.tenant_id == ThemeVersion.tenant_id) & (Member.id == ThemeVersion.made_by))
            .where(scoped(ThemeVersion))
            .order_by(ThemeVersion.number.desc())
            .limit(how_many)
        )
    )


def hall_picture(role: str, name: str) -> HallPicture | None:
    """Return a logo or cover that was brought to this marketplace, or None."""
    return db.session.scalars(
        select(HallPicture).where(scoped(HallPicture), HallPicture.role == role, HallPicture.name == name)
    ).one_or_none()
