"""Somebody does not agree with a decision about them: another person looks at it."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.moderation.failures import AlreadyAppealed, AppealAnswered, NothingToTakeBack, TooLate, YourOwnDecision
from app.moderation.models.measure import LIFTABLE, Measure
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key

#: How long somebody may appeal.
WITHIN = timedelta(days=180)


class Appeal(TenantRow, Base):
    """One appeal against one decision. `decided_by` is who took it, and never who answers: the table itself holds that."""

    __tablename__ = "appeals"
    __table_args__ = (
        tenant_key("measure_id", "measures"),
        tenant_key("member_id", "members"),
        tenant_key("decided_by", "members"),
        tenant_key("answered_by", "members"),
        UniqueConstraint("tenant_id", "measure_id"),
        CheckConstraint("state IN ('open', 'granted', 'refused')", name="state_known"),
        CheckConstraint("(state = 'open') = (answered_by IS NULL)", name="answered_by_somebody"),
        CheckConstraint("answered_by <> decided_by AND answered_by <> member_id", name="answered_by_somebody_else"),
        Index("appeals_queue_idx", "tenant_id", "id", postgresql_where=text("state = 'open'")),
    )

    measure_id: Mapped[UUID]
    member_id: Mapped[UUID]
    decided_by: Mapped[UUID]
    words: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="open")
    asked_at: Mapped[datetime]
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(server_default="")

    @classmethod
    def against(cls, measure: Measure, *, words: str, now: datetime) -> Self:
        """Return the appeal of whoever a decision is about; it waits for somebody who did not take it.

        :raises NothingToTakeBack: when the decision takes another one back.
        :raises TooLate: when it was taken long ago.
        :raises AlreadyAppealed: when they have appealed before.
        """
        # Two tabs that appeal at once are one after the other.
        db.session.execute(select(Measure.id).where(scoped(Measure), Measure.id == measure.id).with_for_update())
        if measure.kind == "lifted":
            raise NothingToTakeBack
        elif now > measure.taken_at + WITHIN:
            raise TooLate
        elif appeal_against(measure.id) is not None:
            raise AlreadyAppealed
        appeal = cls(
            measure_id=measure.id, member_id=measure.member_id, decided_by=measure.taken_by, words=words,
            state="open", asked_at=now,
        )  # fmt: skip
        db.session.add(appeal)
        db.session.flush()
        # Whoever was banned is no actor here any more, and still the one who asks.
        record("appeal", appeal, by=measure.member_id, to="open", why=words, decided_by=measure.taken_by)
        return appeal

    def grant(self, *, by: Actor, answer: str, now: datetime) -> None:
        """Find that it should not have been decided so; where it can be taken back, it is.

        :raises YourOwnDecision: when `by` took the decision, or is whom it is about.
        :raises AppealAnswered: when somebody was faster.
        """
        self._answer("granted", by=by, answer=answer, now=now)
        measure = db.session.get_one(Measure, (self.tenant_id, self.measure_id))
        # A warning stays in the log beside its answer; there is nothing to give back.
        if measure.kind in LIFTABLE and not measure.is_lifted:
            measure.lift(by=by, why=answer, now=now)

    def refuse(self, *, by: Actor, answer: str, now: datetime) -> None:
        """Find that it was right, and say why; else as `grant`."""
        self._answer("refused", by=by, answer=answer, now=now)

    def _answer(self, state: str, *, by: Actor, answer: str, now: datetime) -> None:
        if by.id in (self.decided_by, self.member_id):
            raise YourOwnDecision
        elif self.state != "open":
            raise AppealAnswered
        self.state, self.answered_by, self.answered_at, self.answer = state, by.id, now, answer
        record(state, self, by=by, from_="open", to=state, why=answer, member_id=self.member_id)


def appeal_against(measure_id: UUID) -> Appeal | None:
    """Return the appeal against a decision, or None."""
    return db.session.scalars(select(Appeal).where(scoped(Appeal), Appeal.measure_id == measure_id)).one_or_none()
