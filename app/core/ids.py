"""Identifiers: UUIDv7, so that rows sort by birth and a public id reveals no volume."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a new time-ordered id."""
    return uuid7()
