"""How matching works, for everybody to read: what each part looks at, and how much it counts here."""

from typing import NamedTuple

from app.core.languages import lazy_gettext as _l
from app.matching.showing import LABELS
from app.matching.weights import NAMES, Weights

_LOOKS_AT = {
    "held": _l(
        "What you know and the gig needs. Rare skills say more than common ones, and one that you showed in work here more "
        "than one that you only named. A skill that the title names counts too, and one that mostly goes with what is needed."
    ),
    "wanted": _l("What you want to learn and the gig teaches."),
    "interest": _l("What interests you and the gig is about."),
    "time": _l("Whether the hours a week that it takes fit those that you have, as long as you confirmed them lately."),
    "place": _l("Whether it is where you are, or can be done from anywhere."),
    "language": _l("Whether you and its author speak a language in common."),
    "field": _l("How many gigs of its category you finished here."),
    "known": _l("Whether you worked with its author, or people whom you know did."),
    "fresh": _l("How lately it was posted."),
    "fair": _l(
        "More for gigs and people that few have seen so far, that are new here, or that have not worked with anybody."
    ),
}


class Explained(NamedTuple):
    """A part of the score: its name in the code, what it is called, what it looks at, and its weight here."""

    name: str
    label: str
    text: str
    weight: int


def explained(weights: Weights) -> list[Explained]:
    """Return all parts, in the order in which reasons are told."""
    return [Explained(name, str(LABELS[name]), str(_LOOKS_AT[name]), getattr(weights, name)) for name in NAMES]
