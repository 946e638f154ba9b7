"""Into which gig another could go: those that whoever asks looks after, or wrote, the most alike first."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from app.core.database import db
from app.gigs.models import Gig
from app.merging.obstacles import ENTERABLE
from app.policies import MODERATE, allows
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member

#: Of so many the most alike are chosen, and so many are shown.
_LOOKED_AT, _SHOWN = 200, 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live gig that could take another in."""

    id: UUID
    title: str
    author: str
    published_at: datetime


def candidates(gig: Gig, *, by: Actor, words: str) -> list[Candidate]:
    """Return gigs that another could go into for whoever asks, whose titles hold `words`; the most alike first."""
    theirs = Gig.author_id == by.id
    if allows(MODERATE, by):
        within = or_(theirs, Gig.category_id == gig.category_id, Gig.author_id == gig.author_id)
    elif gig.category_id in by.reviews:
        within = or_(Gig.category_id == gig.category_id, theirs)
    else:
        within = theirs
    if gig.state == "in_review":
        within = and_(within, Gig.author_id == gig.author_id)
    found = (
        select(Gig.id, Gig.title, Member.name.label("author"), Gig.published_at)
        .join(Member, and_(Member.tenant_id == Gig.tenant_id, Member.id == Gig.author_id))
        .where(scoped(Gig), within, Gig.id != gig.id, Gig.direction == gig.direction, Gig.state.in_(ENTERABLE))
        .where(Gig.coordinator_id.is_(None))
        .order_by(Gig.published_at.desc(), Gig.id.desc())
        .limit(_LOOKED_AT)
    )
    if words:
        found = found.where(func.lower(Gig.title).contains(words.lower(), autoescape=True))
    mine = _words(f"{gig.title} {gig.summary}")
    rows = [Candidate(*row) for row in db.session.execute(found)]
    return sorted(rows, key=lambda row: len(mine & _words(row.title)), reverse=True)[:_SHOWN]


def _words(text: str) -> set[str]:
    # Short words are in every title.
    return {word for word in _WORD.findall(text.casefold()) if len(word) > 2}
