"""Secrets that travel: random tokens of which only the hash is kept, and signed values that need no keeping."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from app.core import clock
from app.core.config import config


def new_token() -> str:
    """Return 256 random bits for a link: an invitation, a session. Keep its `digest`, never the token."""
    return secrets.token_urlsafe(32)


def new_code(digits: int = 6) -> str:
    """Return random digits for a person to type. So few need a limit on tries and a short life beside them."""
    return "".join(secrets.choice("0123456789") for _ in range(digits))


def digest(token: str) -> str:
    """Return the SHA-256 of a token, in hexadecimal: what the database keeps and looks up."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_digest(code: str, purpose: str) -> str:
    """Return a hash of a short code under our secret: a million codes are soon tried by whoever reads the table."""
    key = f"{purpose}\0{code}".encode("utf-8", "surrogatepass")
    return hmac.new(config().secret_key.encode(), key, hashlib.sha256).hexdigest()


def matches(token: str, kept: str) -> bool:
    """Say whether a token has the kept digest, in the same time whatever differs."""
    return hmac.compare_digest(digest(token), kept)


def sign(value: Any, purpose: str) -> str:
    """Return a JSON value (ids, never secrets: anybody can read it) signed for one purpose, safe in a URL."""
    return str(_serializer(purpose).dumps(value))


def unsign(signed: str, purpose: str, *, within: timedelta | None = None) -> Any:
    """Return the value that was signed for this purpose, or None when it is forged, for another purpose, or older than
    `within`.
    """
    try:
        return _serializer(purpose).loads(signed, max_age=within and within.total_seconds())  # type: ignore[arg-type]
    except (BadData, ValueError):
        return None


class _Stamps(TimestampSigner):
    """Stamps by our own clock, which tests and the demo move."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        config().secret_key,
        salt=f"guildhall.{purpose}",
        signer=_Stamps,
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
