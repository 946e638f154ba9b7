"""Questions of a member who goes, and those that they were about to answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update

from app.core.database import db
from app.experts.models import Question
from app.experts.states import QUESTION, UNANSWERED
from tenants.isolation import scoped


def leave_questions(member_id: UUID, *, now: datetime) -> None:
    """Take back what a member asked and nobody answered, and give back what they held. What was answered for everybody stays,
    with whoever knows who they were gone; of what was between two, the words of whoever goes are no longer kept.
    """
    theirs = or_(Question.member_id == member_id, Question.holder_id == member_id)
    for question in db.session.scalars(select(Question).where(scoped(Question), theirs).order_by(Question.id)):
        question.lock()
        if question.state in UNANSWERED:
            verb = "withdraw" if question.member_id == member_id else "give_back"
            held_by, question.holder_id = question.holder_id, None
            kept = {"held_by": str(held_by) if held_by else None} if verb == "withdraw" else {}
            question.enter(QUESTION.transition(question.state, verb), by=None, now=now, **kept)
    db.session.flush()
    asked = update(Question).where(scoped(Question), Question.member_id == member_id)
    unread = or_(Question.state != "answered", Question.is_private)
    answered = update(Question).where(scoped(Question), Question.answered_by == member_id, Question.is_private)
    for statement in (asked.where(unread).values(title="", words=""), answered.values(answer="")):
        db.session.execute(statement, execution_options={"synchronize_session": False})
