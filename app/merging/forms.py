"""What is typed where two gigs become one."""

from app.core.forms import Choice, Paragraphs
from app.core.languages import lazy_gettext as _l
from app.gigs.forms import Reason


class Into(Reason):
    """Into which gig, and why."""

    into = Choice(_l("Into"), radios=True, required=_l("Choose the gig that stays."))
    why = Paragraphs(
        _l("Why?"), max=500, required=_l("Say why in a few words; the people concerned will read it."),
        attributes={"rows": 3},
    )  # fmt: skip
