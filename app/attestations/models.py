"""What members let leave a marketplace, and what was withdrawn."""

from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.attestations.failures import NotAsked
from app.attestations.jobs import gather_in
from app.core.database import Base, db
from app.core.ids import new_id
from app.reviews.models import Review
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import one_of

#: Whether the client's name goes along: nobody asked; they have not answered; they agreed; they would rather not.
NAMING = ("unasked", "asked", "agreed", "refused")


class Attestation(TenantRow, Base):
    """That a member lets a review of them leave this marketplace. Its author's name goes along only when they agree.

    The statement itself is made and signed when it is taken: it says what is so at that moment.
    """

    __tablename__ = "attestations"
    shown_in = ()
    __table_args__ = (
        tenant_key("review_id", "reviews", ondelete="CASCADE"),
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("author_id", "members"),
        UniqueConstraint("tenant_id", "review_id"),
        CheckConstraint(one_of("naming", NAMING), name="naming_known"),
        Index("attestations_asked_idx", "tenant_id", "author_id", postgresql_where=text("naming <> 'unasked'")),
    )

    review_id: Mapped[UUID]
    member_id: Mapped[UUID]
    author_id: Mapped[UUID]
    naming: Mapped[str] = mapped_column(server_default="unasked")
    taken_at: Mapped[datetime | None]

    @classmethod
    def of(cls, review: Review) -> Self:
        """Return the attestation of a review, locked; a new one where there is none."""
        whose = {"review_id": review.id, "member_id": review.subject_id, "author_id": review.author_id}
        first = insert(cls).values(tenant_id=current_tenant_id(), id=new_id(), **whose)
        # Two tabs that are the first at once: one of them makes the row, and the other waits for it.
        db.session.execute(first.on_conflict_do_nothing())
        found = select(cls).where(scoped(cls), cls.review_id == review.id).with_for_update()
        return db.session.scalars(found.execution_options(populate_existing=True)).one()

    @property
    def tells_the_name(self) -> bool:
        return self.naming == "agreed"

    def ask_for_name(self, *, by: Actor) -> None:
        """Ask the author whether their name may go along. Whoever said no is not asked again."""
        if self.naming == "unasked":
            self.naming = "asked"
            record("ask_for_name", self, by=by, author_id=self.author_id)

    def agree(self, *, by: Actor) -> None:
        """Let one's name go along from now on.

        :raises NotAsked: when nobody wants to know any more.
        """
        self._answer("agreed", by)

    def refuse(self, *, by: Actor, now: datetime) -> None:
        """Keep one's name here. What was taken with it holds no longer; the review can be taken anew, without the name.

        :raises NotAsked: when nobody wants to know any more.
        """
        told = self.tells_the_name
        self._answer("refused", by)
        if told:
            self._unsay(now)

    def forget_name(self, *, now: datetime) -> None:
        """Let go of the name of an author who leaves, as if they had refused; nobody is told."""
        if self.tells_the_name:
            self._unsay(now)
        self.naming = "refused"

    def _unsay(self, now: datetime) -> None:
        """End what was taken. It can be taken anew, as another statement."""
        if self.taken_at is not None:
            self._end(now)
            self.id, self.taken_at = new_id(), None

    def _answer(self, naming: str, by: Actor) -> None:
        if self.naming == "unasked":
            raise NotAsked
        self.naming = naming
        record(naming, self, by=by, member_id=self.member_id)

    def _end(self, now: datetime) -> None:
        db.session.add(WithdrawnAttestation(id=self.id, tenant_id=current_tenant_id(), withdrawn_at=now))
        gather_in.enqueue(attestation_id=self.id, member_id=self.member_id)

    def withdraw(self, *, by: Actor, now: datetime) -> None:
        """Make what was taken of it worthless, wherever it is shown. The review can be taken anew, as another statement; what
        its author said about their name holds on.
        """
        record("withdraw", self, by=by)
        self._unsay(now)


class WithdrawnAttestation(Base):
    """A statement that no longer holds: read by all, since it may be shown anywhere; it says nothing but its number."""

    __tablename__ = "withdrawn_attestations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tenants.id"), index=True)
    withdrawn_at: Mapped[datetime]


def forget_names_of(author_id: UUID, *, now: datetime) -> None:
    """Take the name of an author who leaves out of every statement, also of those that were taken elsewhere."""
    theirs = select(Attestation).where(scoped(Attestation), Attestation.author_id == author_id).with_for_update()
    for attestation in db.session.scalars(theirs.order_by(Attestation.id)).all():
        attestation.forget_name(now=now)
