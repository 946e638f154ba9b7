"""Why a gig fits whoever looks at its page: what its skills say, or what a feature above knows better."""

from collections.abc import Callable
from typing import Any

from app.gigs import wording
from tenants.context import Actor

#: Given a gig's row and the member who looks, returns the reasons as one sentence; nothing where there are none.
Teller = Callable[[Any, Actor], str]

_tellers: list[Teller] = []


def tells_fit(teller: Teller) -> Teller:
    """Let a feature above say why a gig fits a member. There is one such feature; the last word counts."""
    _tellers[:] = [teller]
    return teller


def why_it_fits(gig: Any, viewer: Actor | None) -> str:
    """Return why a gig fits whoever looks; nothing to its author and to visitors."""
    if viewer is None or viewer.id == gig.author_id:
        return ""
    told = _tellers[0](gig, viewer) if _tellers and gig.state == "open" else ""
    return told or wording.why(gig.held, gig.wanted)
