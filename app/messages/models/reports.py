"""Reports to the moderators."""

from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key
from tenants.versions import touch


class ReportAnswered(Conflict):
    message = _l("Somebody has answered this report already.")


class Report(TenantRow, Base):
    """Somebody tells the leaders that a thing breaks a rule."""

    __tablename__ = "reports"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("reporter_id", "members"),
        tenant_key("handled_by", "members"),
        CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name="state_known"),
        CheckConstraint(
            "subject_kind IN ('gig', 'member', 'message', 'review', 'vouch', 'application', 'project_review', 'kudos',"
            " 'question', 'answer')",
            name="subject_known",
        ),
        Index("reports_queue_idx", "tenant_id", "state", "id"),
        Index(
            "reports_of_gigs_idx",
            "tenant_id",
            "created_at",
            "id",
            postgresql_where=text("state = 'open' AND subject_kind = 'gig'"),
        ),
    )

    reporter_id: Mapped[UUID]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    rule: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="open")
    created_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(server_default="")

    @classmethod
    def file(cls, kind: str, subject_id: UUID, *, rule: str, words: str, by: Actor, now: datetime) -> Self:
        """Return the new report; it waits for a moderator."""
        report = cls(
            reporter_id=by.id,
            subject_kind=kind,
            subject_id=subject_id,
            rule=rule,
            words=words,
            state="open",
            created_at=now,
        )
        db.session.add(report)
        db.session.flush()
        report._tell_pages()
        record("reported", report, by=by, to="open", why=words, about_kind=kind, about_id=subject_id)
        return report

    def uphold(self, *, by: Actor, answer: str, now: datetime) -> None:
        """Agree with the report; what is done about its subject is a step of its own.

        :raises ReportAnswered: when somebody was quicker.
        """
        self._answer("upheld", by=by, answer=answer, now=now)

    def dismiss(self, *, by: Actor, answer: str, now: datetime) -> None:
        """Find nothing against the rules, and say why.

        :raises ReportAnswered: when somebody was quicker.
        """
        self._answer("dismissed", by=by, answer=answer, now=now)

    def _answer(self, state: str, *, by: Actor, answer: str, now: datetime) -> None:
        if self.state != "open":
            raise ReportAnswered
        self.state, self.answer, self.handled_by, self.handled_at = state, answer, by.id, now
        self._tell_pages()
        record(state, self, by=by, from_="open", to=state, why=answer, reporter_id=self.reporter_id)

    def _tell_pages(self) -> None:
        # What was reported is not shown off until somebody has cleared it.
        if self.subject_kind in ("review", "kudos"):
            touch("people")
