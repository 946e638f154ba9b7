"""What pages read of questions to experts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, literal_column, or_, select, text
from sqlalchemy.orm import aliased

from app.core.database import db
from app.core.paging import Keyset, Page
from app.core.reading import Reading
from app.experts.failures import NoSuchQuestion
from app.experts.models import Question
from app.gigs.models import Gig
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office
from tenants.versions import kept_of_hall

_ON_A_PAGE, _NEWEST = 20, 3
_CATEGORY: Any = bindparam("category_id")
_ME: Any = bindparam("me")
# As the index has them.
_PUBLISHED = text(
    "expert_questions.state = 'answered' AND NOT expert_questions.is_private AND expert_questions.hidden_at IS NULL"
)
_UNANSWERED = text("expert_questions.state IN ('open', 'taken', 'passed_on')")
_expert = aliased(Member)
_ROWS = (
    select(
        Question.id,
        Question.title,
        Question.words,
        Question.state,
        Question.is_private,
        Question.asked_at,
        Question.holder_id,
        Question.member_id,
        Question.answer,
        Question.answered_at,
        Question.answer_hidden_at,
        Question.has_helped,
        Member.name.label("asker"),
        _expert.id.label("expert_id"),
        _expert.name.label("expert"),
        Gig.id.label("gig_id"),
        Gig.title.label("gig"),
    )
    .join(Member, and_(Member.tenant_id == Question.tenant_id, Member.id == Question.member_id))
    .outerjoin(_expert, and_(_expert.tenant_id == Question.tenant_id, _expert.id == Question.answered_by))
    .outerjoin(Gig, and_(Gig.tenant_id == Question.tenant_id, Gig.id == Question.gig_id))
    .where(scoped(Question))
)
# What is about a gig that not everybody sees is read at that gig.
_FOR_EVERYBODY = or_(
    Question.gig_id.is_(None),
    and_(Gig.audience == literal_column("'hall'"), text("gigs.state NOT IN ('draft', 'in_review', 'removed')")),
)
_OF_CATEGORY = _ROWS.where(Question.category_id == _CATEGORY)
_ANSWERED = Keyset(
    _OF_CATEGORY.where(_PUBLISHED, _FOR_EVERYBODY), by=("answered_at", "id"), size=_ON_A_PAGE, descending=True
)
_LATELY = Reading(
    _OF_CATEGORY.where(_PUBLISHED, _FOR_EVERYBODY, Question.answer_hidden_at.is_(None))
    .order_by(Question.answered_at.desc(), Question.id.desc())
    .limit(literal_column(str(_NEWEST)))
)
_WAITING = Reading(
    _OF_CATEGORY.where(_UNANSWERED, Question.hidden_at.is_(None), Question.member_id != _ME)
    .order_by(Question.asked_at, Question.id)
    .limit(literal_column("50"))
)
_OWN = Reading(
    _OF_CATEGORY.where(Question.member_id == _ME)
    .order_by(Question.asked_at.desc(), Question.id.desc())
    .limit(literal_column("20"))
)
_OF_GIG = Reading(
    _ROWS.where(Question.gig_id == bindparam("gig_id"), _PUBLISHED)
    .order_by(Question.answered_at, Question.id)
    .limit(literal_column(str(_ON_A_PAGE)))
)
_ANY = Reading(select(Question.id).where(scoped(Question), _PUBLISHED, Question.gig_id.is_not(None)).limit(1))
_FIELDS = Reading(
    select(Role.category_id).distinct().where(scoped(Role), text("roles.role = 'expert'"), in_office(Role))
)


def question_or_404(question_id: UUID) -> Question:
    """Return a question to experts.

    :raises NoSuchQuestion: when this tenant has none of that id.
    """
    question = db.session.get(Question, (current_tenant_id(), question_id))
    if question is None:
        raise NoSuchQuestion
    return question


def answered_in(category_id: UUID, at: str | None) -> Page[Any]:
    """Return a page of what was answered in a category for everybody, the newest first."""
    return _ANSWERED.page(at, category_id=category_id)


def answered_lately(category_id: UUID) -> Sequence[Any]:
    """Return the newest that was answered in a category for everybody; read once until something changes."""
    found: Sequence[Any] = kept_of_hall(f"answered in {category_id}", lambda: _LATELY.rows(category_id=category_id))
    return found


def unanswered_in(category_id: UUID, me: Actor) -> Sequence[Any]:
    """Return what waits for an answer in a category but for one's own, the oldest first."""
    return _WAITING.rows(category_id=category_id, me=me.id)


def asked_by(me: Actor, category_id: UUID) -> Sequence[Any]:
    """Return what a member asked in a category, the newest first."""
    return _OWN.rows(category_id=category_id, me=me.id)


def answered_about(gig_id: UUID) -> Sequence[Any]:
    """Return what was answered for everybody about a gig, the first first."""
    return _OF_GIG.rows(gig_id=gig_id) if kept_of_hall("answers about gigs", _any_about_gigs) else ()


def has_experts(category_id: UUID | None) -> bool:
    """Return whether a category has an expert in office, as far as pages say."""
    return category_id in kept_of_hall("fields with experts", _fields)


def _any_about_gigs() -> bool:
    return _ANY.one_or_none() is not None


def _fields() -> frozenset[UUID]:
    return frozenset(row.category_id for row in _FIELDS.rows())
