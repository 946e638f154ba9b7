"""Where Stripe opens accounts."""

from babel import Locale

from app.core.languages import gettext as _
from app.core.languages import language

# https://stripe.com/global
COUNTRIES = (
    "AE AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GI GR HK HR HU IE IT JP LI LT LU LV MT MX MY NL NO NZ PL PT RO "
    "SE SG SI SK TH US"
).split()


def countries() -> list[tuple[str | None, str]]:
    """Return the countries to choose from, by their names in the language in force. None is chosen beforehand: it is for good."""
    names = Locale.parse(language()).territories
    known = sorted(((code, names.get(code, code)) for code in COUNTRIES), key=lambda pair: pair[1])
    return [(None, _("Choose a country")), *known]
