"""What a marketplace's front page reads: column rows, from statements built once."""

from functools import cache
from textwrap import shorten
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Row,
    Select,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    not_,
    null,
    select,
    text,
)
from sqlalchemy.orm import aliased

from app.agreements.models import Agreement
from app.applications.models import Application
from app.core.database import db
from app.editorial.front_page import FrontPage
from app.gigs.audience import is_apart_from, meant_for
from app.gigs.models import Gig
from app.gigs.queries.rows import OPEN, viewer_of
from app.kudos.models import Kudos
from app.kudos.queries import newest_as_json
from app.messages.models import Report, ThreadMark
from app.profiles.models import MemberSkill, Profile
from app.profiles.people import as_person
from app.reviews.models import Review
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Tenant

# Voices: what is good, says something, and is not too long for a front page, among the newest reviews.
_GOOD, _ENOUGH, _LONGEST_VOICE, _CANDIDATES = 4, 40, 300, 40
_ACTIVE = text("members.standing = 'active'")
_NEWEST = (
    select(Member.id, Member.name, Member.hue, Member.picture, Profile.headline, Profile.place)
    .outerjoin(Profile, and_(Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id))
    .where(scoped(Member), _ACTIVE)
    .order_by(Member.joined_at.desc(), Member.id.desc())
    .limit(bindparam("how_many"))
)


def figures_of(viewer: Actor | None) -> Row[Any]:
    """Return the figures and words of a front page: `people`, `open_gigs` (those that the viewer may see), `finished` (pieces
    of work brought to their end), `thanks` (the newest, as `kudos.queries.read` takes them), `welcome`, `arrangement` (as
    stored, None for the usual one), `checklist_dismissed_at`, and for a member `waiting`: how many answers of theirs others
    wait for.
    """
    return db.session.execute(_front(viewer is not None), {"tenant_id": current_tenant_id(), **viewer_of(viewer)}).one()


def newest_members(how_many: int = 6) -> list[Row[Any]]:
    """Return the newest members: id, name, hue, picture, headline, place."""
    return list(db.session.execute(_NEWEST, {"how_many": how_many}))


def voices(viewer: Actor | None, how_many: int = 3) -> list[dict[str, Any]]:
    """Return what people wrote last after good work, one from each: `author`, `text`, and whom it is about as `about` and
    `href`. Never what is blind still, what was reported and not cleared, what is by or about somebody who is
    here no longer, nor, for a member, by or about somebody whom a block keeps apart from them.
    """
    rows = db.session.execute(_voices(viewer is not None), viewer_of(viewer))
    of_each = {row.id: row for row in reversed(rows.all())}
    newest = sorted(of_each.values(), key=lambda row: row.published_at, reverse=True)[:how_many]
    return [
        {
            "author": as_person(row),
            "text": shorten(row.text, _LONGEST_VOICE, placeholder=" …"),
            "about": row.subject_name,
            "href": f"/people/{row.subject_id}",
        }
        for row in newest
    ]


@cache
def _voices(signed_in: bool) -> Select[Any]:
    author, subject = aliased(Member), aliased(Member)
    statement = (
        select(Review.text, Review.published_at)
        .add_columns(author.id, author.name, author.hue, author.picture, author.standing, author.finished_count)
        .add_columns(subject.id.label("subject_id"), subject.name.label("subject_name"))
        .join(author, and_(author.tenant_id == Review.tenant_id, author.id == Review.author_id))
        .join(subject, and_(subject.tenant_id == Review.tenant_id, subject.id == Review.subject_id))
        .where(
            scoped(Review),
            text("reviews.published_at IS NOT NULL AND reviews.hidden_at IS NULL"),
            Review.rating >= _GOOD,
        )
        .where(func.length(Review.text) >= _ENOUGH, author.standing == "active", subject.standing == "active")
        .where(Review.id.not_in(_reported("review")))
        .order_by(Review.published_at.desc(), Review.id.desc())
        # From these the newest of each author are taken.
        .limit(_CANDIDATES)
    )
    if signed_in:
        statement = statement.where(not_(is_apart_from(author.id)), not_(is_apart_from(subject.id)))
    return statement


@cache
def _front(signed_in: bool) -> Select[Any]:
    people = select(func.count()).select_from(Member).where(scoped(Member), _ACTIVE)
    gigs = select(func.count()).select_from(Gig).where(scoped(Gig), OPEN, meant_for(signed_in=signed_in))
    # Both sides of an agreement count it, and whoever left still does.
    finished = select(cast(func.coalesce(func.sum(Member.finished_count), 0) / 2, BigInteger)).where(scoped(Member))
    return select(
        Tenant.welcome,
        Tenant.checklist_dismissed_at,
        select(FrontPage.published).where(scoped(FrontPage)).scalar_subquery().label("arrangement"),
        people.scalar_subquery().label("people"),
        gigs.scalar_subquery().label("open_gigs"),
        finished.scalar_subquery().label("finished"),
        _thanks(signed_in).label("thanks"),
        (_waiting() if signed_in else null()).label("waiting"),
    ).where(Tenant.id == bindparam("tenant_id"))


def _thanks(signed_in: bool) -> Any:
    whom = Member.__table__.alias("thanked")
    newest, as_json = newest_as_json(whom.c.id.label("subject_id"), whom.c.name.label("subject_name"))
    newest = newest.join(whom, and_(whom.c.tenant_id == Kudos.tenant_id, whom.c.id == Kudos.subject_id)).where(
        scoped(Kudos), text("thanked.standing = 'active'"), Kudos.id.not_in(_reported("kudos"))
    )
    if signed_in:
        newest = newest.where(not_(is_apart_from(Kudos.author_id)), not_(is_apart_from(Kudos.subject_id)))
    return as_json(newest)


def _reported(kind: str) -> Any:
    return select(Report.subject_id).where(
        scoped(Report), Report.subject_kind == literal_column(f"'{kind}'"), Report.state.in_(("open", "upheld"))
    )


def _waiting() -> Any:
    viewer = bindparam("viewer", type_=Member.id.type)
    hands = (
        select(func.count(func.distinct(Application.gig_id)))
        .select_from(Application)
        .join(Gig, and_(Gig.tenant_id == Application.tenant_id, Gig.id == Application.gig_id))
        .where(scoped(Application), Application.state.in_(("sent", "shortlisted")), Gig.author_id == viewer)
    )
    turns = (
        select(func.count())
        .select_from(Agreement)
        .where(
            scoped(Agreement),
            Agreement.asked_id == viewer,
            Agreement.state.in_(("proposed", "countered", "agreed", "paused", "delivered", "changes_requested")),
        )
    )
    talk = (
        select(func.count())
        .select_from(ThreadMark)
        .where(scoped(ThreadMark), ThreadMark.member_id == viewer, ThreadMark.unread > 0)
    )
    return hands.scalar_subquery() + turns.scalar_subquery() + talk.scalar_subquery()


_OWN = (
    select(
        Member.seen_on,
        Member.seen_before_on,
        Profile.headline,
        Profile.available_minutes,
        Profile.availability_confirmed_on,
        Profile.vacation_from,
        Profile.vacation_until,
        exists()
        .where(scoped(MemberSkill), MemberSkill.member_id == Member.id, MemberSkill.relation.in_(("held", "wanted")))
        .correlate(Member)
        .label("has_skills"),
    )
    .outerjoin(Profile, and_(Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id))
    .where(scoped(Member), Member.id == bindparam("member_id"))
)


def own_standing(member_id: UUID) -> Row[Any]:
    """Return when a member was here last (`seen_on`, and `seen_before_on`), what they said of their time, their headline, and
    whether they named any skills.
    """
    return db.session.execute(_OWN, {"member_id": member_id}).one()
