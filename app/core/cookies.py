"""The cookie of a session: signed, and checked once. A browser sends the same cookie with each page, and verifying its signature
costs more than all else that is read from it.
"""

import time
from copy import deepcopy
from typing import Any, NamedTuple

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadData

from app.core.caching import Cache

_MOST_BYTES = 1_000_000


class _Read(NamedTuple):
    values: dict[str, Any]
    signed_at: float


class SignedCookies(SecureCookieSessionInterface):
    """Flask's sessions in signed cookies, with the ones that were read lately remembered."""

    def __init__(self) -> None:
        self._read: Cache[_Read] = Cache(_MOST_BYTES)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if not app.secret_key:
            return None
        cookie = request.cookies.get(self.get_cookie_name(app))
        return self.session_class(_copied(self.values(app, cookie)) if cookie else {})

    def values(self, app: Flask, cookie: str) -> dict[str, Any]:
        """Return what a cookie holds, to read and not to change; nothing when its signature is not ours, or too old."""
        found = self._read.get(cookie)
        if found is None:
            found = self._verified(app, cookie)
            self._read.put(cookie, found, 4 * len(cookie))
        # By the machine's clock, which stamped it.
        is_old = time.time() - found.signed_at > app.permanent_session_lifetime.total_seconds()
        return {} if is_old else found.values

    def _verified(self, app: Flask, cookie: str) -> _Read:
        serializer: Any = self.get_signing_serializer(app)
        try:
            values, signed_at = serializer.loads(cookie, return_timestamp=True)
        except BadData:
            return _Read({}, time.time())
        return _Read(values, signed_at.timestamp())


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    """Return a session's values to change: texts and numbers as they are, the few lists among them copied."""
    return {key: value if isinstance(value, str | int | None) else deepcopy(value) for key, value in values.items()}
