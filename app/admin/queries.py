"""What the desk's pages read."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, func, literal, null, or_, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by, array_agg

from app.activity.models import Activity
from app.agreements.models import Agreement
from app.core.database import db
from app.gigs.models import Gig
from app.joining.models import Invitation, InvitationLink, JoinRequest
from app.messages.models import Report
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office


def waiting_counts() -> dict[str, int]:
    """Return how many things wait for a decision, by kind."""
    row = db.session.execute(
        select(
            _count(JoinRequest, JoinRequest.state == "asked").label("requests"),
            _count(Gig, Gig.state == "in_review").label("gigs"),
            _count(Report, Report.state == "open").label("reports"),
            _count(Agreement, Agreement.state == "disputed").label("disputes"),
        )
    ).one()
    return dict(row._mapping)


def waiting_things(kinds: Collection[str], *, most: int = 12) -> list[Row[Any]]:
    """Return what waits for a decision, the longest waiting first: kind, id, title, who it comes from, since.

    :param kinds: of `request`, `gig`, `report` and `dispute` those that whoever looks may decide.
    """
    by = _name_of(Gig.author_id), _name_of(Report.reporter_id)
    found = {
        "request": _waiting("request", JoinRequest, JoinRequest.name, null(), JoinRequest.asked_at, "asked"),
        "gig": _waiting("gig", Gig, Gig.title, by[0], Gig.state_changed_at, "in_review"),
        "report": _waiting("report", Report, Report.rule, by[1], Report.created_at, "open"),
        "dispute": _waiting("dispute", Agreement, Agreement.title, null(), Agreement.state_changed_at, "disputed"),
    }
    every = union_all(*(found[kind] for kind in kinds)).subquery()
    return list(db.session.execute(select(every).order_by(every.c.since, every.c.id).limit(most)))


def members_page(*, words: str, standing: str, after: tuple[str, Any] | None, limit: int = 50) -> list[Row[Any]]:
    """Return members in the order of their names: id, name, hue, picture, standing, joined_at, seen_on, their roles, and of
    those who were sent away what they were `called`.
    """
    called = (
        select(Activity.data["name"].as_string())
        .where(
            scoped(Activity),
            Activity.subject_kind == "member",
            Activity.subject_id == Member.id,
            Activity.verb.in_(("removed", "banned")),
        )
        .order_by(Activity.id.desc())
        .limit(1)
        .correlate(Member)
        .scalar_subquery()
    )
    roles = (
        select(array_agg(aggregate_order_by(Role.role, Role.role)))
        .where(scoped(Role), Role.member_id == Member.id, in_office())
        .correlate(Member)
        .scalar_subquery()
    )
    query = (
        select(
            Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.standing_reason,
            Member.joined_at, Member.seen_on, roles.label("roles"),
            called.label("called"),
        )
        .where(scoped(Member), Member.standing == standing)
        .order_by(Member.name, Member.id)
        .limit(limit + 1)
    )  # fmt: skip
    if words:
        query = query.where(func.lower(Member.name).contains(words.lower(), autoescape=True))
    if after:
        name, member_id = after
        query = query.where(or_(Member.name > name, and_(Member.name == name, Member.id > member_id)))
    return list(db.session.execute(query))


def waiting_requests() -> list[JoinRequest]:
    """Return the requests to join that wait, oldest first."""
    return list(
        db.session.scalars(
            select(JoinRequest).where(scoped(JoinRequest), JoinRequest.state == "asked").order_by(JoinRequest.id)
        )
    )


def invitations(*, now: datetime) -> dict[str, list[Any]]:
    """Return the invitations still open and the latest fifty that are over, each with the name of whoever sent it."""
    rows = db.session.execute(
        select(Invitation, Member.name)
        .outerjoin(Member, and_(Member.tenant_id == Invitation.tenant_id, Member.id == Invitation.invited_by))
        .where(scoped(Invitation))
        .order_by(Invitation.id.desc())
        .limit(250)
    ).all()
    return {
        "open": [row for row in rows if row[0].is_open(now=now)],
        "over": [row for row in rows if not row[0].is_open(now=now)][:50],
    }


def links(onward: str | None = None) -> list[InvitationLink]:
    """Return every invitation link, or those that lead on to a page; newest first."""
    here = [scoped(InvitationLink), *([InvitationLink.onward == onward] if onward else [])]
    return list(db.session.scalars(select(InvitationLink).where(*here).order_by(InvitationLink.id.desc()).limit(100)))


def _waiting(kind: str, model: Any, title: Any, who: Any, since: Any, state: str) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        model.id,
        title.label("title"),
        cast(who, Text).label("who"),
        since.label("since"),
    ).where(scoped(model), model.state == state)


def _name_of(member_id: Any) -> Any:
    return select(Member.name).where(scoped(Member), Member.id == member_id).scalar_subquery()


def _count(model: Any, condition: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(model).where(scoped(model), condition).scalar_subquery()
