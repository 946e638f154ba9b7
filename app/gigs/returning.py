"""Why a gig or a change goes back to its author: what is usual to say, ready to be ticked, and words of one's own."""

from app.core.forms import Choices, Paragraphs
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.gigs.forms import Reason

COMMON = {
    "what": _l("Say what is to be done, what there is already, and how you will know that it is finished."),
    "terms": _l("Name what you pay, or say plainly that it is unpaid."),
    "dates": _l("Say by when it is needed, and how much time it takes."),
    "place": _l("It belongs in another category."),
    "twice": _l("It is listed here already."),
}


class ReturnReason(Reason):
    """Usual reasons, one's own words, or both."""

    common = Choices(_l("What is usual to say"), options=COMMON)
    why = Paragraphs(_l("In your own words"), max=500)

    def check(self) -> None:
        if not self.common.data and not self.why.data:
            self.refuse("why", _("Say why in a few words; the people concerned will read it."))


def words_of(form: Reason) -> str:
    """Return what the author reads: the usual reasons that were ticked, then one's own words."""
    usual = [str(COMMON[key]) for key in form.common.data] if isinstance(form, ReturnReason) else []
    return "\n".join([*usual, *([form.why.data] if form.why.data else [])])
