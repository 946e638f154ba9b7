"""The beginning of a request on a tenant's host: one read tells whose address it is, what changed there, and who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import Text, bindparam, true
from sqlalchemy.dialects import postgresql

from app.accounts.callers import IS_DUE, MANDATE, WIDTH, Caller, caller, callers
from app.accounts.models import HallSession
from app.core import clock, rounds
from app.core.line import Line
from app.core.lookup import Lookup, Row
from tenants import resolution
from tenants.context import TenantInfo
from tenants.models import Domain, Tenant

# Where a request's environment holds who arrived, once somebody has looked.
ARRIVAL = "guildhall.arrival"
_ENTRANCE = "entrance"
_NOBODY, _IS_DUE, _MANDATE = 0, IS_DUE - WIDTH, MANDATE - WIDTH
# Tenants by host, to say at once whose rows may be seen; enough for a busy process.
_MOST_HOSTS = 20_000


@dataclass(frozen=True)
class Arrival:
    """What the first read of a request gave: `row` holds all of it, as text."""

    token_hash: str | None
    row: Row

    @cached_property
    def tenant(self) -> TenantInfo:
        """The open tenant at the address.

        :raises AddressGone: when it is suspended or closed, or the address was given up.
        """
        return _tenant(self.row[:-WIDTH])

    @property
    def is_due(self) -> bool:
        """Whether the session is to be prolonged."""
        return self.row[_IS_DUE] == "true"

    @property
    def acts_for_another(self) -> bool:
        """Whether whoever asks acts within a mandate."""
        return self.row[_MANDATE] is not None

    @cached_property
    def caller(self) -> Caller | None:
        """Who asks; None for a visitor."""
        return _caller(self.row[-WIDTH:], resolution.tenant_id(self.row))


# The same row tells the same: what it says is put together once.
_tenant = lru_cache(maxsize=500)(resolution.opened)
_caller = lru_cache(maxsize=500)(caller)


class Entrance:
    """Finds out who arrives where."""

    def __init__(self, lookup: Lookup, order: Sequence[str]) -> None:
        self.lookup = lookup
        self._order = order
        self._tenants: dict[str, int] = {}

    def arrive(self, host: str, token_hash: str | None) -> Arrival:
        """Return who arrives at a host with a session's token (its digest), or with none.

        :raises NoSuchAddress: when nobody has this address.
        """
        # Of those who wait at the same time, the first one's read tells for all who ask the same.
        shared, asked = rounds.shared(), (host, token_hash)
        if shared is not None and asked in shared:
            return cast(Arrival, shared[asked])
        row = self._read(resolution.bare(host), token_hash)
        if row is None:
            raise resolution.NoSuchAddress
        arrival = Arrival(token_hash, row)
        if shared is not None:
            shared[asked] = arrival
        return arrival

    def _read(self, name: str, token_hash: str | None) -> Row | None:
        told = {"host": name, "token_hash": token_hash or "", "now": clock.now().isoformat()}
        known, values = self._tenants.get(name, _NOBODY), [told[parameter] for parameter in self._order]
        row = self.lookup.row(known, *values)
        if row is None or resolution.tenant_id(row) == known:
            return row
        # Met for the first time, or the address has changed hands: the session is to be looked for there.
        if len(self._tenants) >= _MOST_HOSTS:
            self._tenants.clear()
        self._tenants[name] = known = resolution.tenant_id(row)
        return self.lookup.row(known, *values) if token_hash is not None else row


def install(app: Flask, line: Line) -> None:
    """Have requests begin with a read on a line."""
    found = _statement()
    app.extensions[_ENTRANCE] = Entrance(Lookup(line, str(found)), found.positiontup or ())


def entrance() -> Entrance:
    """Return the entrance of the current application."""
    return cast(Entrance, current_app.extensions[_ENTRANCE])


def _statement() -> Any:
    who = callers(HallSession.tenant_id == Tenant.id).correlate(Tenant).lateral("caller")
    at_host = resolution.EVERYTHING.where(Domain.host == bindparam("host", type_=Text))
    # SQLAlchemy leaves its dialects untyped.
    dialect = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
    return at_host.add_columns(*who.c).outerjoin(who, true()).compile(dialect=dialect)
