"""What can break a rule: whose it is, what stands on it, and how it is hidden and shown again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.applications.models import Application
from app.core.database import db
from app.core.languages import gettext as _
from app.experts.models import Question
from app.gigs.models import Gig
from app.kudos.models import Kudos
from app.messages.models import Message, Report
from app.moderation.failures import AlreadyHidden
from app.reviews.models import Review
from app.reviews.of_projects import ProjectReview
from app.vouching.models import Vouch
from tenants.context import Actor, current_tenant_id
from tenants.models import Member
from tenants.versions import touch


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of thing is read and hidden. `marks` names the column that hides it; a gig is taken down instead."""

    model: Any
    whose: Callable[[Any], UUID]
    title: Callable[[Any], str]
    words: Callable[[Any], str]
    href: Callable[[Any], str]
    marks: str = ""


KINDS: dict[str, Kind] = {
    "gig": Kind(
        Gig, lambda gig: gig.author_id, lambda gig: gig.title, lambda gig: gig.summary, lambda gig: f"/gigs/{gig.id}"
    ),
    "member": Kind(Member, lambda one: one.id, lambda one: one.name, lambda _one: "", lambda one: f"/people/{one.id}"),
    "message": Kind(
        Message,
        lambda message: message.author_id,
        lambda message: _("A message of %(name)s", name=_name(message.author_id)),
        lambda message: message.body,
        lambda message: f"/people/{message.author_id}",
        "hidden_at",
    ),
    "review": Kind(
        Review,
        lambda review: review.author_id,
        lambda review: _("A review about %(title)s", title=review.title),
        lambda review: review.text,
        lambda review: f"/people/{review.subject_id}",
        "hidden_at",
    ),
    "project_review": Kind(
        ProjectReview,
        lambda review: review.author_id,
        lambda review: _("A review about %(title)s", title=review.title),
        lambda review: "\n\n".join(part for part in (review.text, review.leading_text) if part),
        lambda review: f"/people/{review.coordinator_id or review.author_id}",
        "hidden_at",
    ),
    "vouch": Kind(
        Vouch,
        lambda vouch: vouch.author_id,
        lambda vouch: _("What %(name)s said to vouch for somebody", name=_name(vouch.author_id)),
        lambda vouch: vouch.text,
        lambda vouch: f"/people/{vouch.subject_id}",
        "withheld_at",
    ),
    "kudos": Kind(
        Kudos,
        lambda kudos: kudos.author_id,
        lambda kudos: _("What %(name)s thanked somebody for", name=_name(kudos.author_id)),
        lambda kudos: kudos.words,
        lambda kudos: f"/people/{kudos.subject_id}",
        "withheld_at",
    ),
    "application": Kind(
        Application,
        lambda application: application.applicant_id,
        lambda application: _("An application of %(name)s", name=_name(application.applicant_id)),
        lambda application: application.note,
        lambda application: f"/people/{application.applicant_id}",
    ),
    "question": Kind(
        Question,
        lambda question: question.member_id,
        lambda question: _("A question of %(name)s", name=_name(question.member_id)),
        lambda question: f"{question.title}\n\n{question.words}".strip(),
        lambda question: f"/questions/{question.id}",
        "hidden_at",
    ),
    "answer": Kind(
        Question,
        lambda question: question.answered_by,
        lambda question: _("An answer of %(name)s", name=_name(question.answered_by)),
        lambda question: question.answer,
        lambda question: f"/questions/{question.id}",
        "answer_hidden_at",
    ),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is said to break a rule."""

    kind: str
    row: Any

    @property
    def id(self) -> UUID:
        return UUID(str(self.row.id))

    @property
    def member_id(self) -> UUID:
        """Whose it is."""
        return KINDS[self.kind].whose(self.row)

    @property
    def title(self) -> str:
        return KINDS[self.kind].title(self.row)

    @property
    def words(self) -> str:
        return KINDS[self.kind].words(self.row)

    @property
    def href(self) -> str:
        return KINDS[self.kind].href(self.row)

    @property
    def can_be_hidden(self) -> bool:
        """Whether it is still to be read, and can be taken out of sight alone."""
        marks = KINDS[self.kind].marks
        return self.row.state != "removed" if self.kind == "gig" else bool(marks) and getattr(self.row, marks) is None

    def hide(self, *, by: Actor, why: str, now: datetime) -> None:
        """Let nobody read it.

        :raises AlreadyHidden: when nobody does.
        """
        db.session.refresh(self.row, with_for_update=True)
        if not self.can_be_hidden:
            raise AlreadyHidden
        elif self.kind == "gig":
            self.row.remove(by=by, why=why)
        elif self.kind == "vouch":
            self.row.withhold(now=now)
        else:
            setattr(self.row, KINDS[self.kind].marks, now)
        touch("people")

    def restore(self, *, by: Actor, now: datetime) -> None:
        """Let it be read again; a gig rests until its author resumes it."""
        db.session.refresh(self.row, with_for_update=True)
        if self.kind == "vouch":
            self.row.give_back(now=now)
        elif self.kind != "gig":
            setattr(self.row, KINDS[self.kind].marks, None)
        elif self.row.state == "removed" and self.row.published_at is not None:
            self.row.restore(by=by)
        touch("people")


def thing_or_none(kind: str, subject_id: UUID) -> Thing | None:
    """Return a thing of this tenant, or None when it is no longer here."""
    row = db.session.get(KINDS[kind].model, (current_tenant_id(), subject_id)) if kind in KINDS else None
    return Thing(kind, row) if row is not None else None


def reported(report: Report) -> Thing | None:
    """Return what a report is about, or None when it is no longer here."""
    return thing_or_none(report.subject_kind, report.subject_id)


def _name(member_id: UUID) -> str:
    return db.session.get_one(Member, (current_tenant_id(), member_id)).name
