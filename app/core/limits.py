"""How often something may be tried: leaky buckets in PostgreSQL, shared by every process, counted even when a request fails."""

import hashlib
import hmac
import math
from datetime import timedelta

import structlog
from sqlalchemy import Column, DateTime, Index, Table, Text, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.config import config
from app.core.database import Base, db, platform_connection
from app.core.errors import TooMany
from app.core.jobs import periodic

log = structlog.get_logger("limits")

# Unlogged: a crash empties it, which costs nobody more than a few further tries, and writing it is cheap.
rate_buckets = Table(
    "rate_buckets",
    Base.metadata,
    Column("key", Text, primary_key=True),
    Column("empty_at", DateTime(timezone=True), nullable=False),
    Index("rate_buckets_empty_at_idx", "empty_at"),
    prefixes=["UNLOGGED"],
)


def allow(scope: str, key: str, *, limit: int, per: timedelta, message: str | None = None) -> None:
    """Count one try of `key` (an account, an address, a tenant) at `scope` (“sign-in”).

    `limit` tries may come at once; after that one more each `per / limit`. A refused try is not counted.

    :raises TooMany: when the bucket is full, with the seconds until the next try is taken.
    """
    now = clock.now()
    drop = per / limit
    rising = func.greatest(rate_buckets.c.empty_at, now) + drop
    bucket = _bucket(scope, key)
    count = (
        insert(rate_buckets)
        .values(key=bucket, empty_at=now + drop)
        .on_conflict_do_update(index_elements=["key"], set_={"empty_at": rising}, where=rising <= now + per)
        .returning(rate_buckets.c.empty_at)
    )
    # A connection of its own: what was tried counts also when this request is refused and rolled back.
    with platform_connection() as connection:
        if connection.execute(count).one_or_none() is not None:
            return
        empty_at = connection.execute(select(rate_buckets.c.empty_at).where(rate_buckets.c.key == bucket)).scalar_one()
    wait = max(1, math.ceil((empty_at + drop - per - now).total_seconds()))
    log.info("limit", scope=scope, key=bucket[:12], retry_after=wait)
    raise TooMany(message, retry_after=wait)


def forget(scope: str, key: str) -> None:
    """Empty a bucket: whoever got their password right starts afresh."""
    with platform_connection() as connection:
        connection.execute(delete(rate_buckets).where(rate_buckets.c.key == _bucket(scope, key)))


@periodic("17 * * * *", "limits.sweep")
def sweep() -> None:
    """Remove buckets that have run empty."""
    db.session.execute(delete(rate_buckets).where(rate_buckets.c.empty_at < clock.now()))


def _bucket(scope: str, key: str) -> str:
    # Keyed with our secret: nobody who reads the table finds addresses by trying them.
    digest = hmac.new(config().secret_key.encode(), f"{scope}\0{key.strip().lower()}".encode(), hashlib.sha256)
    return f"{scope}:{digest.hexdigest()[:40]}"
