"""A member's question to the experts of a category, perhaps about one of its gigs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.categories.models import Category
from app.core.database import Base, db
from app.core.errors import NotFound
from app.experts.deciders import people_of_the_field
from app.experts.failures import NobodyToAsk
from app.experts.models.answering import Answering
from app.experts.states import QUESTION
from app.gigs.models import Gig
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key
from tenants.models import Member, one_of

_UNANSWERED = "state IN ('open', 'taken', 'passed_on')"
_PUBLISHED = "state = 'answered' AND NOT is_private AND hidden_at IS NULL"


class Question(Answering, TenantRow, Base):
    """`title` is the question in one line, `words` what belongs to it. What is private is read by whoever asked and answered;
    before it is answered, by those who may take it. `hidden_at` and `answer_hidden_at` are the moderators'.
    """

    __tablename__ = "expert_questions"
    shown_in = ("gigs", "people", "hall")
    __table_args__ = (
        # What was answered for everybody outlives whoever asked and whoever answered.
        tenant_key("member_id", "members"),
        tenant_key("holder_id", "members"),
        tenant_key("answered_by", "members"),
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        CheckConstraint(one_of("state", QUESTION.states), name="state_known"),
        CheckConstraint("(state = 'taken') = (holder_id IS NOT NULL)", name="held_while_taken"),
        CheckConstraint("(state = 'answered') = (answered_by IS NOT NULL)", name="answered_by_somebody"),
        CheckConstraint("has_helped IS NULL OR state = 'answered'", name="helped_by_an_answer"),
        Index(
            "expert_questions_waiting_idx",
            "tenant_id",
            "category_id",
            "asked_at",
            "id",
            postgresql_where=text(_UNANSWERED),
        ),
        Index(
            "expert_questions_at_desk_idx",
            "tenant_id",
            "category_id",
            "state_changed_at",
            "id",
            postgresql_where=text("state = 'passed_on'"),
        ),
        Index(
            "expert_questions_published_idx",
            "tenant_id",
            "category_id",
            "answered_at",
            "id",
            postgresql_where=text(_PUBLISHED),
        ),
        Index("expert_questions_gig_idx", "tenant_id", "gig_id", postgresql_where=text("gig_id IS NOT NULL")),
        Index("expert_questions_member_idx", "tenant_id", "member_id", "asked_at"),
        Index(
            "expert_questions_answered_idx",
            "tenant_id",
            "answered_by",
            "category_id",
            postgresql_where=text("answered_by IS NOT NULL"),
        ),
        Index("expert_questions_held_idx", "tenant_id", "holder_id", postgresql_where=text("holder_id IS NOT NULL")),
        Index("expert_questions_remind_idx", "tenant_id", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
        Index(
            "expert_questions_deadline_idx",
            "tenant_id",
            "deadline_at",
            postgresql_where=text("deadline_at IS NOT NULL"),
        ),
    )

    member_id: Mapped[UUID]
    category_id: Mapped[UUID]
    gig_id: Mapped[UUID | None]
    title: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="")
    is_private: Mapped[bool] = mapped_column(server_default="false")
    state: Mapped[str] = mapped_column(server_default="open")
    asked_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    holder_id: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(server_default="")
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    # What whoever asked says of the answer; None while they say nothing.
    has_helped: Mapped[bool | None]
    hidden_at: Mapped[datetime | None]
    answer_hidden_at: Mapped[datetime | None]

    @classmethod
    def ask(
        cls,
        category: Category,
        *,
        by: Actor,
        title: str,
        words: str = "",
        is_private: bool = False,
        gig: Gig | None = None,
        now: datetime,
    ) -> "Question":
        """Return a member's question to a category's experts; `gig` is one of the category's that it is about.

        :raises NotFound: when the gig is another category's.
        :raises NobodyToAsk: when nobody but themselves could answer.
        """
        if gig is not None and gig.category_id != category.id:
            raise NotFound
        elif category.is_archived or not people_of_the_field(category.id) - {by.id}:
            raise NobodyToAsk
        question = cls(
            member_id=by.id, category_id=category.id, gig_id=gig.id if gig else None, title=title, words=words,
            is_private=is_private, state="open", asked_at=now, state_changed_at=now,
        )  # fmt: skip
        db.session.add(question)
        db.session.flush()
        question.set_timer(now=now)
        question.note("ask", by=by)
        return question

    @property
    def is_published(self) -> bool:
        """Whether everybody who sees the category may read it."""
        return self.state == "answered" and not self.is_private and self.hidden_at is None

    @property
    def is_unseen(self) -> bool:
        # What waits, and what is between two, no page keeps for others.
        return not self.is_published and self.hidden_at is None

    def facts(self, by: Actor | None) -> dict[str, Any]:
        member = db.session.get_one(Member, (self.tenant_id, self.member_id))
        return {
            "member_id": str(self.member_id),
            "category_id": str(self.category_id),
            "about_gig_id": str(self.gig_id) if self.gig_id else None,
            "holder_id": str(self.holder_id) if self.holder_id else None,
            "answered_by": str(self.answered_by) if self.answered_by else None,
            "title": self.title,
            "name": member.name,
        }
