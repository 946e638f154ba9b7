"""Looking across tenants: as a database role of its own, for reading only, and never without a line in the log."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from flask import current_app
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from app.core.config import config
from app.core.errors import ProductError
from app.core.languages import lazy_gettext as _l

log = structlog.get_logger("operators")

_ENGINES = "operators_engines"
_READING = "-c default_transaction_read_only=on -c statement_timeout=10s"


class NoRoleAcross(ProductError):
    """This process was given no address of the operators' role."""

    status = 503
    message = _l("This installation’s web processes may not look across marketplaces.")


@contextmanager
def across_tenants(by: str, purpose: str, *, writes: bool = False) -> Iterator[Connection]:
    """Give a connection that sees every tenant's rows, in a transaction that ends with the block.

    :param by: who looks: an id, or the console.
    :param writes: for commands that change what the runtime role may not; all else only reads.
    :raises NoRoleAcross: without `DATABASE_OPERATOR_URL`.
    """
    engine = _engine("" if writes else _READING)
    log.info("across tenants", by=by, purpose=purpose, writes=writes)
    with engine.begin() as connection:
        yield connection


def _engine(options: str) -> Engine:
    address = config().database_operator_url
    if not address:
        raise NoRoleAcross
    engines: dict[str, Engine] = current_app.extensions.setdefault(_ENGINES, {})
    if options not in engines:
        # Seldom, and by few: nothing is kept open meanwhile.
        engines[options] = create_engine(
            address.replace("postgresql://", "postgresql+psycopg://", 1),
            poolclass=NullPool,
            connect_args={"options": options} if options else {},
        )
    return engines[options]
