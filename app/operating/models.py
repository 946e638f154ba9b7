"""Who runs the installation, and what they did."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from app.core.ids import new_id
from tenants.models import one_of

#: What operators do in the browser.
VERBS = ("replayed", "replayed_failed", "compared")


class Operator(Base):
    """Somebody who runs the installation. The runtime role may only read who; the console's role says it."""

    __tablename__ = "operators"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    since: Mapped[datetime]
    why: Mapped[str]


class OperatorAction(Base):
    """A fact: what an operator did, about what. Nobody changes or removes one."""

    __tablename__ = "operator_actions"
    __table_args__ = (
        CheckConstraint(one_of("verb", VERBS), name="verb_known"),
        Index("operator_actions_newest_idx", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    verb: Mapped[str]
    about: Mapped[str]
    at: Mapped[datetime]


def is_operator(user_id: UUID) -> bool:
    """Return whether a person runs the installation."""
    return db.session.execute(select(Operator.since).where(Operator.user_id == user_id)).first() is not None


def note(user_id: UUID, verb: str, about: str, *, now: datetime) -> None:
    """Write down what an operator did, in the same transaction."""
    db.session.add(OperatorAction(user_id=user_id, verb=verb, about=about[:300], at=now))
