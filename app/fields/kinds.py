"""The kinds of fields there are, and who may see what was answered."""

from app.core.languages import lazy_gettext as _l
from tenants.context import Actor

KINDS = {
    "text": _l("A few words"),
    "number": _l("A number"),
    "choice": _l("A choice from a list"),
    "date": _l("A date"),
    "link": _l("A link"),
    "file": _l("A file"),
}
#: From the widest to the narrowest.
VISIBILITIES = {
    "public": _l("Everybody who may see the gig"),
    "members": _l("Members"),
    "agreement": _l("Only the two sides of an agreement, once they have agreed"),
}
_ORDER = tuple(VISIBILITIES)
#: Kinds by which a list can be narrowed down.
FILTERED = ("number", "choice", "date")


def is_wider(visibility: str, than: str) -> bool:
    """Return whether more people would see what was answered."""
    return _ORDER.index(visibility) < _ORDER.index(than)


def seen_by(viewer: Actor | None) -> frozenset[str]:
    """Return what somebody may see of other people's gigs, also in lists: what an agreement reveals is in no list."""
    return frozenset(_ORDER[:1] if viewer is None else _ORDER[:2])
