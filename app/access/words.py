"""What a membership is needed for, and who needs it, in words."""

from typing import Any

from app.core.languages import lazy_gettext as _l
from tenants.context import tenant

#: What each purpose is called where a leader settles it, and what it covers.
PURPOSES = {
    "see": (_l("Seeing gigs and people"), _l("Lists, search, what suits somebody, alerts and feeds as well.")),
    "post": (_l("Posting gigs"), _l("What is a draft stays one until then.")),
    "apply": (_l("Raising a hand for gigs"), _l("What somebody applied for before goes on.")),
    "contact": (_l("Writing to people first"), _l("Whoever is in a conversation already can go on with it.")),
}
_GROUPS = {
    "plain": _l("Members without any other role"),
    "expert": _l("Experts"),
    "customer": _l("Customers"),
    "recruiter": _l("Recruiters"),
    "manager": _l("Managers"),
}


def groups() -> dict[str, Any]:
    """Return who can be named in the marketplace in force: managers are there in companies alone."""
    return {name: words for name, words in _GROUPS.items() if name != "manager" or tenant.is_company}


AFTER_LAPSE = {
    "others": _l("As much as for anybody without a membership"),
    "see": _l("They see gigs and people, and can do nothing new"),
    "nothing": _l("Nothing but what they agreed on before: messages, agreements, their own profile"),
}

#: The title of the page that says what is needed.
NEEDED = {
    "see": _l("Gigs and people are for members with a membership"),
    "post": _l("Posting a gig needs a membership"),
    "apply": _l("Raising your hand needs a membership"),
    "contact": _l("Writing to somebody first needs a membership"),
}
