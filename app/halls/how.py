"""How a marketplace works and how one comes in, in words that follow from how its leaders have set it up."""

from typing import NamedTuple

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from tenants.context import TenantInfo


class Step(NamedTuple):
    title: str
    text: str


class WayIn(NamedTuple):
    """What whoever is not in yet is asked to do."""

    title: str
    text: str
    call: str


_COMING_IN = {
    "open": Step(_l("Come in"), _l("An e-mail address and a name are enough; it takes a minute.")),
    "approval": Step(_l("Ask to come in"), _l("Say who you are. The leaders read every request and answer by e-mail.")),
    "invitation": Step(_l("Be invited"), _l("New members come through somebody they know who is here already.")),
}
_FINDING = {
    "community": _l("Each gig says what is needed, for how much, where and by when."),
    "company": _l("Short gigs, mentoring, shadowing, committees and learning, beside the job."),
}
_POSTING = {
    "members": _l("Raise a hand for one, or post your own."),
    "reviewed": _l("Raise a hand for one, or post your own: a leader looks at it first."),
    "leaders": _l("Raise a hand for what suits you."),
}
_AGREEING = {
    "community": _l("Price, dates and what is handed over stand in one place, and stay as you both agreed."),
    "company": _l("What, until when and how many hours stand in one place, before anything begins."),
}
_ENDING = {
    "community": _l(
        "Work is handed over and accepted. Then both of you write a review, and neither reads the other’s first."
    ),
    "company": _l(
        "Work is handed over and accepted. Then both of you say how it went, and neither reads the other’s first."
    ),
}


def how_it_works(hall: TenantInfo) -> list[Step]:
    """Return the steps from coming in to the end of a gig."""
    found = Step(_("Find what fits"), f"{_FINDING[hall.kind]} {_POSTING[hall.who_may_post]}")
    return [
        _COMING_IN[hall.who_may_join],
        found,
        Step(_("Agree on it"), _AGREEING[hall.kind]),
        Step(_("Finish it"), _ENDING[hall.kind]),
    ]


def way_in(hall: TenantInfo) -> WayIn:
    """Return how one may come in, and the words on the button that leads there."""
    if hall.who_may_join == "open":
        return WayIn(_("Join %(name)s", name=hall.name), _COMING_IN["open"].text, _("Join"))
    elif hall.who_may_join == "approval":
        return WayIn(_("Ask to join %(name)s", name=hall.name), _COMING_IN["approval"].text, _("Ask to join"))
    else:
        text = _("New members come by invitation. Ask somebody you know here, or open the link that you were sent.")
        return WayIn(_("By invitation"), text, _("How to join"))
