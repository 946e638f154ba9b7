"""Passwords: argon2id, kept by hash; long rather than complicated; never one that is easy to guess."""

import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts import guessable
from app.core.errors import Invalid
from app.core.languages import gettext as _

# NIST SP 800-63B-4 §3.1.1.2: fifteen characters where the password is the only factor, any characters, no rules of composition.
SHORTEST = 15
LONGEST = 256

# OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane; some 20 ms. More memory would weigh on every worker.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Stands in where there is no account, so that both answers take the same time. It is nobody's password.
_NOBODYS = _hasher.hash("no account has this password, since it is longer than passwords may be" + "·" * LONGEST)


class UnusablePassword(Invalid):
    """The password cannot be had; the message says why."""


def check(password: str, *, about: Iterable[str] = ()) -> None:
    """Check a password that somebody wants.

    :param about: words that others know of this person or place: names, the address.
    :raises UnusablePassword: with the reason, in words for the person who typed it.
    """
    text = _normal(password)
    if len(text) < SHORTEST:
        raise UnusablePassword(
            _(
                "This is %(text)s characters; at least %(shortest)s are needed. A few unrelated words make a good one.",
                text=len(text),
                shortest=SHORTEST,
            )
        )
    elif found := guessable.weakness(text, about=about):
        raise UnusablePassword(
            _("This is easy to guess: %(found)s. A few unrelated words make a good one.", found=found)
        )


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return _hasher.hash(_normal(password))


def matches(stored: str | None, password: str) -> bool:
    """Return whether a password is the stored one; as slow when nothing is stored."""
    try:
        return _hasher.verify(stored or _NOBODYS, _normal(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def _normal(password: str) -> str:
    # The same keys give different code points on different systems.
    return unicodedata.normalize("NFKC", password)
