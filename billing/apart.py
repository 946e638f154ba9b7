"""Writing that stays, whatever becomes of the request or job around it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.core.database import db


@contextmanager
def apart() -> Iterator[Session]:
    """Give a session of its own, in the tenant in force, that commits at the block's end.

    What is to be asked of Stripe is written down before it is asked: when the answer is lost, or our process is, the row still
    says under which key to ask again.
    """
    with Session(bind=db.engine, join_transaction_mode="create_savepoint") as session, session.begin():
        yield session
