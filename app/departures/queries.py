"""What a departure would change, in numbers."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from app.agreements.models import Agreement
from app.agreements.states import BINDING, NEGOTIATED
from app.applications.models import Application
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import hours
from app.credits.reading import standing_of
from app.gigs.models import Gig
from app.profiles.models import PortfolioItem
from tenants.isolation import scoped

_MEMBER = bindparam("member_id")


def _count(model: Any, *conditions: Any) -> Any:
    return select(func.count()).select_from(model).where(scoped(model), *conditions).scalar_subquery()


_IS_PARTY = or_(Agreement.client_id == _MEMBER, Agreement.worker_id == _MEMBER)
_FIGURES = select(
    _count(Gig, Gig.author_id == _MEMBER, Gig.state.in_(("open", "paused", "filled", "expired"))).label("gigs"),
    _count(Gig, Gig.author_id == _MEMBER, Gig.published_at.is_(None)).label("drafts"),
    _count(Application, Application.applicant_id == _MEMBER, Application.state.in_(("sent", "shortlisted"))).label(
        "applications"
    ),
    _count(Agreement, _IS_PARTY, Agreement.state.in_(NEGOTIATED)).label("offers"),
    _count(Agreement, _IS_PARTY, Agreement.state.in_(BINDING)).label("agreements"),
    _count(PortfolioItem, PortfolioItem.member_id == _MEMBER).label("pieces"),
)

_OF_YOURS = (
    _l("Your profile, roles, notifications and settings are deleted."),
    _l("What you wrote to others, and reviews, stay with those others, by “Former member”."),
    _l("Every device is signed out here. Your account and your other marketplaces are not touched."),
)
_OF_THEIRS = (
    _l("Their profile, roles, notifications and settings are deleted."),
    _l("What they wrote to others, and reviews, stay with those others, by “Former member”."),
    _l("Every device is signed out here. Their account and their other marketplaces are not touched."),
)


def consequences(member_id: UUID, *, of_own_will: bool) -> list[str]:
    """Return, as sentences, what ends when a member goes."""
    found = db.session.execute(_FIGURES, {"member_id": member_id}).one()
    told = [
        (found.gigs, _gigs(found.gigs, of_own_will)),
        (
            found.agreements,
            ngettext(
                "%(num)s agreement ends early; the other sides are told.",
                "%(num)s agreements end early; the other sides are told.",
                found.agreements,
            ),
        ),
        (
            found.offers,
            ngettext(
                "%(num)s offer still talked about: called off, and the other sides are told.",
                "%(num)s offers still talked about: called off, and the other sides are told.",
                found.offers,
            ),
        ),
        (
            found.applications,
            ngettext("%(num)s application is taken back.", "%(num)s applications are taken back.", found.applications),
        ),
        (
            found.drafts,
            ngettext(
                "%(num)s draft that nobody has seen: deleted.",
                "%(num)s drafts that nobody has seen: deleted.",
                found.drafts,
            ),
        ),
        (
            found.pieces,
            ngettext(
                "%(num)s piece of work to show: deleted, with the pictures.",
                "%(num)s pieces of work to show: deleted, with the pictures.",
                found.pieces,
            ),
        ),
    ]
    always = [
        *_hours(member_id, of_own_will=of_own_will),
        *(str(words) for words in (_OF_YOURS if of_own_will else _OF_THEIRS)),
    ]
    return [words for number, words in told if number] + always


def _hours(member_id: UUID, *, of_own_will: bool) -> list[str]:
    had = standing_of(member_id).balance
    if had > 0:
        words = _("%(hours)s on your account of time credits go to the marketplace.", hours=hours(had))
        return [
            words
            if of_own_will
            else _("%(hours)s on their account of time credits go to the marketplace.", hours=hours(had))
        ]
    elif had < 0:
        words = _("%(hours)s that you owe in time credits are taken over by the marketplace.", hours=hours(-had))
        return [
            words
            if of_own_will
            else _("%(hours)s that they owe in time credits are taken over by the marketplace.", hours=hours(-had))
        ]
    return []


def _gigs(number: int, of_own_will: bool) -> str:
    if of_own_will:
        return ngettext(
            "%(num)s of your gigs closes; whoever applied is told.",
            "%(num)s of your gigs close; whoever applied is told.",
            number,
        )
    return ngettext(
        "%(num)s of their gigs closes; whoever applied is told.",
        "%(num)s of their gigs close; whoever applied is told.",
        number,
    )
