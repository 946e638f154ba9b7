"""What a departure would change, in numbers."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from app.agreements.models import Agreement
from app.agreements.states import BINDING, NEGOTIATED
from app.applications.models import Application
from app.core.database import db
from app.core.wording import plural
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


def consequences(member_id: UUID, *, of_own_will: bool) -> list[str]:
    """Return, as sentences, what ends when a member goes."""
    found = db.session.execute(_FIGURES, {"member_id": member_id}).one()
    who, whose = ("you", "your") if of_own_will else ("they", "their")
    told = [
        (
            found.gigs,
            f"{plural(found.gigs, f'of {whose} gigs closes', f'of {whose} gigs close')}; whoever applied is told.",
        ),
        (
            found.agreements,
            f"{plural(found.agreements, 'agreement ends', 'agreements end')} early; the other sides are told.",
        ),
        (
            found.offers,
            f"{plural(found.offers, 'offer')} still talked about: called off, and the other sides are told.",
        ),
        (found.applications, f"{plural(found.applications, 'application is', 'applications are')} taken back."),
        (found.drafts, f"{plural(found.drafts, 'draft')} that nobody has seen: deleted."),
        (found.pieces, f"{plural(found.pieces, 'piece')} of work to show: deleted, with the pictures."),
    ]
    always = [
        f"{whose.capitalize()} profile, roles, notifications and settings are deleted.",
        f"What {who} wrote to others, and reviews, stay with those others, by “Former member”.",
        f"Every device is signed out here. {whose.capitalize()} account and {whose} other marketplaces are not touched.",
    ]
    return [words for number, words in told if number] + always
