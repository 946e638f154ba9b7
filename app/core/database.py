"""One PostgreSQL. The session belongs to the request or the job, whose boundary commits once; nothing else commits."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from typing import Any

import psycopg
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.types.string import StrBinaryDumper, StrDumper
from sqlalchemy import Connection, Date, DateTime, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, registry

from app.core.languages import Later

NAMING = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "ck": "%(table_name)s_%(constraint_name)s",
}


class _Written(StrDumper):
    """A text for later that is written down now: in the language in force."""

    def dump(self, obj: Any) -> Any:
        return super().dump(str(obj))


class _WrittenBinary(StrBinaryDumper):
    def dump(self, obj: Any) -> Any:
        return super().dump(str(obj))


psycopg.adapters.register_dumper(Later, _WrittenBinary)
psycopg.adapters.register_dumper(Later, _Written)


class Base(DeclarativeBase):
    """The declarative base. Text everywhere (enum is not leakproof under row-level security), times aware, ids UUID."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            str: Text,
            datetime: DateTime(timezone=True),
            date: Date,
            uuid.UUID: Uuid,
            list[str]: ARRAY(Text),
            dict[str, Any]: JSONB,
            list[dict[str, Any]]: JSONB,
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})

_PLATFORM_CONNECTION = "platform_connection"


@contextmanager
def platform_connection() -> Iterator[Connection]:
    """Give a connection in autocommit mode with no tenant: for what must be read before a tenant is known, or be counted
    even when the request fails. Row-level security shows it no tenant's rows.
    """
    opener: Callable[[], AbstractContextManager[Connection]] = current_app.extensions[_PLATFORM_CONNECTION]
    with opener() as connection:
        yield connection


def begin_with(connection: Connection, statement: str) -> None:
    """Run the first statement of a transaction together with its BEGIN: one trip to the database where the driver, which
    begins when it is first used, would make two.
    """
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    if driver.pgconn.transaction_status == TransactionStatus.IDLE:
        result = driver.pgconn.exec_(f"BEGIN; {statement}".encode())
        if result.status == ExecStatus.COMMAND_OK:
            return
    # Inside a savepoint; or the connection is broken, and SQLAlchemy should notice.
    connection.exec_driver_sql(statement)


def init_database(app: Flask, url: str, *, engine_options: dict[str, Any] | None = None) -> None:
    """Bind the application to the database at `url` (a `postgresql://` address of the runtime role)."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url.replace("postgresql://", "postgresql+psycopg://", 1)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": 2,
        "max_overflow": 8,
        "pool_pre_ping": False,
        "pool_recycle": 1800,
        "pool_reset_on_return": "rollback",
        "json_serializer": _as_json,
        **(engine_options or {}),
    }
    db.init_app(app)
    with app.app_context():
        autocommit = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    app.extensions[_PLATFORM_CONNECTION] = autocommit.connect


def _as_json(value: Any) -> str:
    """Return a value as JSON; a text for later is written down in the language in force."""
    return json.dumps(value, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, Later):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not for JSON")


def forget_connections(app: Flask) -> None:
    """Drop pooled connections without closing their sockets: for a worker that was just forked from a loaded parent."""
    with app.app_context():
        db.engine.dispose(close=False)
