"""Logos and covers that leaders bring: kept before the look is saved, so that they can be looked at first."""

from datetime import datetime, timedelta

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.core import limits, pictures
from app.core.database import db
from app.core.errors import Invalid
from app.core.languages import gettext as _
from app.core.pictures import Picture
from app.looks.models import SHELVES, HallPicture, ThemeVersion
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped

# What nobody saved within a day was only tried.
_TRIED_FOR = timedelta(days=1)
# Least width and height in pixels, and how many times longer one edge may be than the other.
_LEAST = {"logo": (32, 32), "cover": (640, 240)}
_LONGEST = {"logo": 8, "cover": 6}


class PictureTooSmall(Invalid):
    pass


class PictureTooLong(Invalid):
    pass


def bring(role: str, upload: FileStorage, *, by: Actor, now: datetime) -> HallPicture:
    """Keep an upload as a `logo` or `cover` that a look may use, and return it; the same file again is the same picture.

    :raises Invalid: with words for the person, when it is none that can be used.
    """
    limits.allow("hall pictures", str(by.id), limit=120, per=timedelta(hours=1))
    picture = pictures.keep(upload, tenant_id=current_tenant_id(), owner=role, shelf=SHELVES[role])
    known = db.session.scalars(
        select(HallPicture).where(scoped(HallPicture), HallPicture.role == role, HallPicture.name == picture.name)
    ).one_or_none()
    if known is not None:
        return known
    try:
        _check(role, picture)
    except Invalid:
        pictures.forget(current_tenant_id(), picture.name, SHELVES[role])
        raise
    brought = HallPicture(
        role=role, name=picture.name, width=picture.width, height=picture.height, kept_by=by.id, kept_at=now
    )
    db.session.add(brought)
    db.session.flush()
    return brought


def forget_unused(*, now: datetime) -> None:
    """Forget the pictures that were tried a day or longer ago, and that no look ever used."""
    used = set(db.session.execute(select(ThemeVersion.logo, ThemeVersion.cover).where(scoped(ThemeVersion)).distinct()))
    written = {one for pair in used for one in pair}
    for tried in db.session.scalars(
        select(HallPicture).where(scoped(HallPicture), HallPicture.kept_at < now - _TRIED_FOR)
    ):
        if tried.picture.written not in written:
            pictures.forget(current_tenant_id(), tried.name, SHELVES[tried.role])
            db.session.delete(tried)


def _check(role: str, picture: Picture) -> None:
    longer, shorter = max(picture.width, picture.height), min(picture.width, picture.height)
    if longer > _LONGEST[role] * shorter:
        raise PictureTooLong(
            {
                "logo": _("This picture is too long and thin for a logo. Cut it, and choose it again."),
                "cover": _("This picture is too long and thin for a cover. Cut it, and choose it again."),
            }[role]
        )
    width, height = _LEAST[role]
    if picture.width < width or picture.height < height:
        sizes = {"width": picture.width, "height": picture.height, "least_width": width, "least_height": height}
        raise PictureTooSmall(
            {
                "logo": _(
                    "This picture has %(width)s × %(height)s pixels; a logo needs %(least_width)s × %(least_height)s at least.",
                    **sizes,
                ),
                "cover": _(
                    "This picture has %(width)s × %(height)s pixels; a cover needs %(least_width)s × %(least_height)s at least.",
                    **sizes,
                ),
            }[role]
        )
