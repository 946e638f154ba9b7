"""What a certificate says: the words that are signed. It holds what its holder chose to tell, and nothing else."""

import json
from dataclasses import asdict, dataclass, field
from typing import Self

#: What there is to certify, and which details of it a holder may tell, in the order in which they are shown.
DETAILS = {
    "work": ("category", "title", "month"),
    "mentoring": ("category", "title", "month"),
    "vetting": ("category", "skill", "level", "until"),
}
#: Without it a vetting says nothing.
ALWAYS = {"vetting": ("category",)}
_BEFORE = b"guildhall certificate 1\n"


@dataclass(frozen=True)
class Claim:
    """:ivar about: what there is to certify, a key of `DETAILS`.
    :ivar details: what the holder chose: names as they were called, `month` as `2026-05`, `until` as `2027-05-31`.
    :ivar issued_on: the day, as `2026-05-31`.
    """

    id: str
    hall: str
    holder: str
    about: str
    issued_on: str
    details: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, payload: str) -> Self:
        """Return what a kept payload says."""
        return cls(**json.loads(payload))

    @property
    def payload(self) -> str:
        """The words that are signed: the same for the same claim."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_sign(payload: str) -> bytes:
    """Return the bytes under which a signature stands: of nothing else that a marketplace signs."""
    return _BEFORE + payload.encode()
