"""The stand-in asked without a network, in the process that asks: for tests that ask it many thousand times.

Everything else is as over HTTP: the library's own parameters, its retries, and connections that end without an answer.
"""

import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

import stripe
from requests.structures import CaseInsensitiveDict

from billing import gateway
from tests.stripe.server import FakeStripe


class _Line:
    """A connection that can be cut."""

    is_cut = False

    def shutdown(self, _how: int = socket.SHUT_RDWR) -> None:
        self.is_cut = True


class _Nearby(stripe.RequestsClient):
    def __init__(self, fake: FakeStripe) -> None:
        super().__init__()
        self._fake = fake

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        line, answered = _Line(), []
        environ = _environ(method, url, headers or {}, post_data or b"") | {"werkzeug.socket": line}
        body = b"".join(self._fake(environ, lambda status, fields, _=None: answered.append((status, fields))))
        if line.is_cut:
            raise stripe.APIConnectionError("The connection ended without an answer.", should_retry=True)
        ((status, fields),) = answered
        return body, int(status[:3]), CaseInsensitiveDict(fields)


def _environ(method: str, url: str, headers: Mapping[str, str], body: bytes | str) -> dict[str, Any]:
    asked, sent = urlsplit(url), body.encode() if isinstance(body, str) else body
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return named | {
        "REQUEST_METHOD": method.upper(),
        "PATH_INFO": unquote(asked.path),
        "QUERY_STRING": asked.query,
        "CONTENT_TYPE": headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(sent)),
        "SERVER_NAME": "stripe.localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(sent),
        "wsgi.errors": sys.stderr,
    }


@contextmanager
def nearby(fake: FakeStripe) -> Iterator[FakeStripe]:
    """Let the gateway ask this stand-in inside the block, wherever it thinks that Stripe is."""
    fake.world.live_at("http://stripe.localhost")
    gateway._client.cache_clear()
    with patch.object(stripe, "RequestsClient", lambda **_: _Nearby(fake)):
        try:
            yield fake
        finally:
            gateway._client.cache_clear()
