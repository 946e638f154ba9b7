"""What becomes of a marketplace as a whole. The operators of the installation decide it, from the console."""

from app.core.languages import lazy_gettext as _l
from app.core.transitions import Machine, Transition

MARKETPLACE = Machine(
    noun="marketplace",
    labels={"active": _l("Open"), "suspended": _l("Suspended"), "closed": _l("Closed")},
    transitions=(
        Transition(
            "suspend",
            ("active",),
            "suspended",
            by="operator",
            words="It answers nobody for now; everything in it is kept as it is.",
            needs_reason=True,
        ),
        Transition(
            "close",
            ("active", "suspended"),
            "closed",
            by="operator",
            words="It has come to its end; its address is given to nobody else.",
            needs_reason=True,
        ),
        Transition(
            "reopen",
            ("suspended", "closed"),
            "active",
            by="operator",
            words="It is there again, with everything and everybody in it.",
            needs_reason=True,
        ),
    ),
)
