"""Whose a webhook is: checked before anything of it is read."""

import hmac
from datetime import datetime

#: How far a webhook's own time may be from ours, in seconds.
TOLERANCE = 300


class Unsigned(Exception):
    """A webhook that is not Stripe's, or not of now; the message says why, and nothing of the body."""


def check(body: bytes, header: str, secret: str, *, now: datetime) -> None:
    """Check that a body was signed with our secret, within five minutes of now on either side.

    (Stripe's library accepts any time to come; a clock that is wrong there would let an old body in for ever.)
    See https://docs.stripe.com/webhooks#verify-manually.

    :raises Unsigned: when it was not.
    """
    if not secret.strip():
        raise Unsigned("this endpoint has no secret")
    moment, proofs = _parts(header)
    expected = hmac.new(secret.encode(), f"{moment}.".encode() + body, "sha256").hexdigest()
    if not any(hmac.compare_digest(expected.encode(), proof.encode()) for proof in proofs):
        raise Unsigned("the signature is not of this body and our secret")
    age = now.timestamp() - moment
    if age > TOLERANCE:
        raise Unsigned(f"it was signed {age:.0f} seconds ago")
    if age < -TOLERANCE:
        raise Unsigned(f"it was signed {-age:.0f} seconds ahead of our clock")


def _parts(header: str) -> tuple[int, list[str]]:
    pairs = [part.strip().partition("=") for part in header.split(",")]
    moments = [value for name, _, value in pairs if name == "t"]
    if len(moments) != 1 or not (moments[0].isascii() and moments[0].isdecimal() and len(moments[0]) < 12):
        raise Unsigned("the header names no time")
    proofs = [value for name, _, value in pairs if name == "v1"]
    if not proofs:
        raise Unsigned("the header holds no signature")
    return int(moments[0]), proofs
