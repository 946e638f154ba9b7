"""What a statement says, how it is signed, and how one is read and believed."""

import base64
import binascii
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select

from app.attestations.failures import Changed, NotOurs, SomebodyElses, UnknownSigner, Withdrawn
from app.attestations.keys import AttestationKey, derived, is_signed
from app.attestations.models import WithdrawnAttestation
from app.core.database import db

#: How a file says what it is.
KIND = "guildhall-reviews"
#: As many as a file may hold.
MOST = 100
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_BEFORE = b"guildhall review 1\n"


@dataclass(frozen=True)
class Statement:
    """A review as its marketplace tells it to others.

    :ivar subject: who it is about, in a form that only this platform can make of a person.
    :ivar side: what they did in that work: `worker` or `client`.
    :ivar work: the category of the work: what was done is told by the text, if at all.
    :ivar month: when the work was finished: `2026-05`.
    :ivar author: the other side's name where they agreed, else empty.
    """

    id: str
    hall: str
    subject: str
    side: str
    work: str
    month: str
    rating: int
    text: str
    author: str
    told_on: str

    @classmethod
    def read(cls, payload: str) -> Self:
        """Return what a payload says.

        :raises NotOurs: when it is none.
        """
        try:
            said = json.loads(payload)
            statement = cls(**said)
        except (ValueError, TypeError):
            raise NotOurs from None
        if not statement._is_sound():
            raise NotOurs
        return statement

    def _is_sound(self) -> bool:
        kinds = {name: int if name == "rating" else str for name in asdict(self)}
        return (
            all(type(getattr(self, name)) is kind for name, kind in kinds.items())
            and 1 <= self.rating <= 5
            and self.side in ("worker", "client")
            and _MONTH.fullmatch(self.month) is not None
        )

    @property
    def payload(self) -> str:
        """The words that are signed: the same for the same statement."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Signed:
    """A statement with the signature under it; `payload` is kept as it was signed."""

    payload: str
    key_id: UUID
    signature: bytes

    @property
    def statement(self) -> Statement:
        return Statement.read(self.payload)

    def is_by(self, public_key: bytes) -> bool:
        """Return whether the owner of a public key signed it."""
        return is_signed(public_key, _BEFORE + self.payload.encode(), self.signature)


def subject_of(user_id: UUID) -> str:
    """Return what stands in statements for a person: nobody can find the person by it."""
    return hmac.digest(derived("subjects"), user_id.bytes, "sha256").hex()


def signed(statement: Statement, key: AttestationKey) -> Signed:
    """Return a statement signed by a key of the tenant in force."""
    payload = statement.payload
    return Signed(payload, key.id, key.sign(_BEFORE + payload.encode()))


def written(statements: Iterable[Signed]) -> str:
    """Return the file of some statements: JSON that people can read too."""
    return json.dumps(
        {
            "kind": KIND,
            "version": 1,
            "statements": [
                {
                    "payload": one.payload,
                    "key": str(one.key_id),
                    "signature": base64.b64encode(one.signature).decode(),
                }
                for one in statements
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def read(text: str) -> list[Signed]:
    """Return what a file holds, not yet believed.

    :raises NotOurs: when it is no such file.
    """
    try:
        held = json.loads(text)
        if held["kind"] != KIND or held["version"] != 1 or not 1 <= len(held["statements"]) <= MOST:
            raise NotOurs
        return [_read_one(one) for one in held["statements"]]
    except (KeyError, TypeError, ValueError, RecursionError, binascii.Error):
        raise NotOurs from None


def _read_one(one: dict[str, Any]) -> Signed:
    if not all(isinstance(one[name], str) for name in ("payload", "key", "signature")):
        raise NotOurs
    signature = base64.b64decode(one["signature"], validate=True)
    found = Signed(one["payload"], UUID(one["key"]), signature)
    UUID(found.statement.id)
    # Half a letter cannot be written in bytes: that was never signed.
    found.payload.encode()
    if len(signature) != 64 or len(found.payload) > 10_000:
        raise NotOurs
    return found


def believe(found: list[Signed], user_id: UUID) -> dict[UUID, AttestationKey]:
    """Return the keys by which statements are signed, by id, after all that could be wrong with any of them was asked.

    :raises UnknownSigner: when a key is nobody's, or was given up.
    :raises Changed: when a signature is not of what stands there.
    :raises SomebodyElses: when they are not about this person.
    :raises Withdrawn: when one was withdrawn.
    """
    wanted = {one.key_id for one in found}
    keys = {key.id: key for key in db.session.scalars(select(AttestationKey).where(AttestationKey.id.in_(wanted)))}
    if keys.keys() != wanted or any(key.given_up_at is not None for key in keys.values()):
        raise UnknownSigner
    elif not all(one.is_by(keys[one.key_id].public_key) for one in found):
        raise Changed
    elif any(one.statement.subject != subject_of(user_id) for one in found):
        raise SomebodyElses
    ids = [UUID(one.statement.id) for one in found]
    gone = select(WithdrawnAttestation.id).where(WithdrawnAttestation.id.in_(ids))
    if db.session.scalars(gone.limit(1)).first() is not None:
        raise Withdrawn
    return keys
