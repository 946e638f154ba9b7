"""The codes of certificates: twenty letters and digits that nobody guesses, derived from the certificate's id with the
installation's key. The table keeps their hash alone; their holders find them again at any time.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.certificates.failures import NoSuchCertificate
from app.certificates.models import Certificate
from app.core.database import db
from app.core.limits import allow
from app.core.tokens import digest, keyed_digest
from tenants.context import current_tenant_id
from tenants.isolation import scoped

# None that is taken for another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 20
#: Somebody who checks a pile of applications asks often; whoever guesses would have to ask for longer than the world is old.
_TRIES, _PER = 60, timedelta(hours=1)


def code_of(certificate_id: UUID) -> str:
    """Return the code of a certificate of the tenant in force, as it stands on paper: “ABCD-EFGH-JKLM-NPQR-STUV”."""
    number = int(keyed_digest(f"{current_tenant_id()} {certificate_id}", "certificate"), 16)
    code = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(code[at : at + 4] for at in range(0, _LENGTH, 4))


def digest_of(code: str) -> str:
    """Return what is kept of a code, however it is typed."""
    return digest("".join(character for character in code.upper() if character.isascii() and character.isalnum()))


def certificate_of(code: str, *, asker: str) -> Certificate:
    """Return the certificate that a code names, whether it stands or not.

    :param asker: who looks, as an address: so often and no more.
    :raises NoSuchCertificate: when there is none.
    :raises TooMany: when too many were looked up.
    """
    allow("certificates", f"{current_tenant_id()}:{asker}", limit=_TRIES, per=_PER)
    named = select(Certificate).where(scoped(Certificate), Certificate.code_digest == digest_of(code))
    found = db.session.scalars(named).one_or_none()
    if found is None:
        raise NoSuchCertificate
    return found
