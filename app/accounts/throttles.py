"""How often the doors may be tried, by account, by address and by hall; the same for accounts that do not exist."""

from dataclasses import dataclass
from datetime import timedelta

from flask import request

from app.core.limits import allow, forget
from tenants.context import TenantInfo


@dataclass(frozen=True, slots=True)
class Throttle:
    """So many tries at once from each; more trickle in over the span."""

    name: str
    per: timedelta
    account: int
    address: int
    hall: int

    def count(self, account: str, *, hall: TenantInfo | None) -> None:
        """Count one try.

        :raises TooMany: when there were too many.
        """
        # The address first: somebody who tries many accounts uses up nobody else's.
        allow(f"{self.name} by address", request.remote_addr or "", limit=self.address, per=self.per)
        allow(f"{self.name} by account", account, limit=self.account, per=self.per)
        if hall is not None:
            allow(f"{self.name} in hall", hall.slug, limit=self.hall, per=self.per)

    def forgive(self, account: str) -> None:
        """Start afresh for an account whose owner has come in."""
        forget(f"{self.name} by account", account)


SIGN_IN = Throttle("sign-in", per=timedelta(minutes=15), account=20, address=100, hall=3000)
# Each code may be tried five times: at six an hour a guesser hits one of a million once in four years.
CODE = Throttle("code", per=timedelta(hours=1), account=6, address=60, hall=2000)
