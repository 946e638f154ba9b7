"""Forgetting a member: whatever tells who they were. Rows that belong to others as well stay, with a member nobody knows."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Text, and_, cast, delete, exists, func, or_, select, update

from app.accounts.models import HallSession, User
from app.activity.models import Activity
from app.core import clock
from app.core.database import Base, db
from app.experts.jobs import forget_paper
from app.experts.models import Paper, Question, Vetting
from app.imports.models import ImportRow
from app.joining.models import Invitation, JoinRequest
from app.notifications.inbox import take_back
from app.profiles.models import PortfolioItem
from app.profiles.models.portfolio import forget_picture
from app.profiles.people import FORMER
from tenants.isolation import scoped
from tenants.models import Member

#: Whom others blocked is theirs to keep, although it ends with the other's row.
_OTHERS = {("blocks", "blocked_id")}


def forget(member: Member) -> None:
    """Remove what is personal of a member, and let their row only keep other people's history readable. Doing it twice
    changes nothing.
    """
    db.session.flush()
    _forget_pictures(member)
    _forget_papers(member)
    _forget_questions(member)
    for column in own_columns():
        _run(delete(column.table).where(scoped(column.table), column == member.id))
    if member.user_id is not None:
        _forget_ways_in(member)
    db.session.expire_all()
    member.name, member.hue, member.picture, member.time_zone = FORMER, 0, None, "UTC"
    member.seen_on, member.seen_before_on, member.import_key = None, None, None
    member.unread_count, member.unread_messages, member.rules_version = 0, 0, 0


def own_columns() -> Iterator[Column[Any]]:
    """Yield the columns by which rows are a member's own: what hangs on a member by a key that cascades goes with them."""
    for table in reversed(Base.metadata.sorted_tables):
        for key in table.foreign_key_constraints:
            hangs_on = key.referred_table is Member.__table__ and key.ondelete == "CASCADE"
            for column in key.columns if hangs_on else ():
                if column.name != "tenant_id" and (table.name, column.name) not in _OTHERS:
                    yield column


def _forget_pictures(member: Member) -> None:
    pieces = select(PortfolioItem.picture).where(scoped(PortfolioItem), PortfolioItem.member_id == member.id)
    for name in {member.picture, *db.session.scalars(pieces)} - {None}:
        forget_picture.enqueue(name=name)


def _forget_papers(member: Member) -> None:
    shown = select(Vetting.id).where(scoped(Vetting), Vetting.member_id == member.id)
    for digest in set(db.session.scalars(select(Paper.digest).where(scoped(Paper), Paper.vetting_id.in_(shown)))):
        forget_paper.enqueue(digest=digest)


def _forget_questions(member: Member) -> None:
    """Forget what was told of the questions that `leave_questions` emptied: it quotes them, and names who asked."""
    emptied = select(Question.id).where(scoped(Question), Question.member_id == member.id, Question.title == "")
    told = and_(Activity.subject_kind == "question", Activity.subject_id.in_(emptied))
    _run(update(Activity).where(scoped(Activity), told).values(data=Activity.data.op("-")("name").op("-")("title")))
    take_back("question", emptied.with_only_columns(cast(Question.id, Text)))


def _forget_ways_in(member: Member) -> None:
    """Forget the sessions, requests and invitations that name the person behind a member."""
    _run(delete(HallSession).where(scoped(HallSession), HallSession.user_id == member.user_id))
    requests = select(JoinRequest.id).where(scoped(JoinRequest), JoinRequest.user_id == member.user_id)
    told = and_(Activity.subject_kind == "join_request", Activity.subject_id.in_(requests))
    _run(update(Activity).where(scoped(Activity), told).values(data=Activity.data.op("-")("name")))
    take_back("join_request", requests.with_only_columns(cast(JoinRequest.id, Text)))
    _run(delete(JoinRequest).where(scoped(JoinRequest), JoinRequest.user_id == member.user_id))
    address = db.session.scalars(select(func.lower(User.email)).where(User.id == member.user_id)).one()
    to_them = or_(func.lower(Invitation.email) == address, Invitation.accepted_by == member.id)
    _forget_imported(member.id, address, select(Invitation.id).where(scoped(Invitation), to_them))
    _run(
        update(Invitation)
        .where(scoped(Invitation), to_them)
        .values(email="", name="", note="", revoked_at=func.coalesce(Invitation.revoked_at, clock.now()))
    )


def _forget_imported(member_id: UUID, address: str, invitations: Any) -> None:
    """Empty the rows of lists that brought somebody in, invited them, or only name their address."""
    cell = func.unnest(ImportRow.cells).column_valued("cell")
    names_them = exists(select(cell).where(func.lower(func.btrim(cell)) == address))
    theirs = or_(ImportRow.made_id == member_id, ImportRow.made_id.in_(invitations), names_them)
    _run(update(ImportRow).where(scoped(ImportRow), theirs).values(cells=[]))


def _run(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
