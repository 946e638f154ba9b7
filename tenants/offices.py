"""Roles that end by the clock: whoever leads or advises a category does so for a term."""

from typing import Any

from sqlalchemy import ColumnElement, DateTime, bindparam, or_

from app.core import clock
from tenants.models import Role

_NOW = bindparam("moment_in_force", callable_=clock.now, type_=DateTime(timezone=True))


def in_office(role: Any = Role, now: Any = _NOW) -> ColumnElement[bool]:
    """Return the condition that a role is held at this moment. Whatever gives somebody a power asks it, so that the power is
    gone when the term is over, also before anybody has cleared the row away.
    """
    return or_(role.until.is_(None), role.until > now)
