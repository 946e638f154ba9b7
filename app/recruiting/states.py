"""How far an unfilled gig has climbed. Being stopped is a flag of its own: it goes on from where it was."""

from app.core.languages import lazy_gettext as _l
from app.core.transitions import Machine, Transition

CLIMB = Machine(
    noun="climb",
    labels={
        "waiting": _l("Listed"),
        "matches": _l("People it suits"),
        "leaders": _l("Its category's leaders"),
        "around": _l("Farther around"),
        "everybody": _l("Everybody"),
    },
    transitions=(
        Transition("call_matches", ("waiting",), "matches", "the clock", "tells the people whom it suits best"),
        Transition("call_leaders", ("matches",), "leaders", "the clock", "tells the leaders of its category"),
        Transition("call_around", ("leaders",), "around", "the clock", "tells people near it, and near what it asks"),
        Transition("call_everybody", ("around",), "everybody", "the clock", "tells everybody who may see it"),
    ),
)
