"""What a leader says about the weights."""

from typing import Any

from app.core.forms import Choice, Form, WholeNumber
from app.core.languages import lazy_gettext as _l
from app.matching.previewing import may_be_looked_at
from app.matching.showing import LABELS
from app.matching.weights import LEAST, MOST, Weights


def _weight(name: str) -> Any:
    return WholeNumber(LABELS[name], least=LEAST, most=MOST, required=True)


class Tuning(Form):
    """A weight for each part, and for whom to look at what they would change."""

    held = _weight("held")
    wanted = _weight("wanted")
    interest = _weight("interest")
    time = _weight("time")
    place = _weight("place")
    language = _weight("language")
    field = _weight("field")
    known = _weight("known")
    fresh = _weight("fresh")
    fair = _weight("fair")
    whom = Choice(
        _l("Look at what changes for"),
        options=may_be_looked_at,
        hint=_l("For a member, the gigs suggested to them; for the newest gigs, the people suggested for each."),
    )

    @classmethod
    def of(cls, weights: Weights) -> "Tuning":
        """Return the form as it stands before anybody changed anything."""
        return cls(data=weights.as_stored())

    @property
    def weights(self) -> Weights:
        """Return what was asked for."""
        return Weights.checked({name: self[name].data for name in LABELS})
