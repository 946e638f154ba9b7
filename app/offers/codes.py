"""The codes of gifts: sixteen letters and digits that nobody guesses, derived from the gift's id with the installation's key.

The table keeps their hash alone, so whoever reads it redeems nothing; their buyers find them again at any time.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.limits import allow
from app.core.tokens import digest, keyed_digest
from app.offers.failures import NoSuchGift
from app.offers.finding import as_typed
from app.offers.models import Gift
from tenants.context import current_tenant_id
from tenants.isolation import scoped

# None that is taken for another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 16
_TRIES, _PER = 40, timedelta(hours=1)


def code_of(gift_id: UUID) -> str:
    """Return the code of a gift of the tenant in force."""
    number = int(keyed_digest(f"{current_tenant_id()} {gift_id}", "gift"), 16)
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))


def in_groups(code: str) -> str:
    """Return a code as it stands on a card: “ABCD-EFGH-JKLM-NPQR”."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def is_code(typed: str) -> bool:
    """Return whether this may be a gift's code, as it is kept."""
    return len(typed) == _LENGTH and set(typed) <= set(_ALPHABET)


def gift_of(typed: str, *, asker: str) -> Gift:
    """Return the gift that a code names and that was paid once.

    :param asker: who tries, a member or an address: so often and no more.
    :raises NoSuchGift: when there is none.
    :raises TooMany: when too many codes were tried.
    """
    code = as_typed(typed)
    allow("gift codes", f"{current_tenant_id()}:{asker}", limit=_TRIES, per=_PER)
    named = select(Gift).where(scoped(Gift), Gift.code_digest == digest(code), Gift.charge_id.is_not(None))
    gift = db.session.scalars(named).one_or_none()
    if gift is None:
        raise NoSuchGift
    return gift
