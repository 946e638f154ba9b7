"""What leaders of a category want to reach."""

from app.category_figures.models import MOST_DAYS, MOST_HOURS
from app.core.forms import Form, WholeNumber
from app.core.languages import lazy_gettext as _l


class TargetsForm(Form):
    """Both may be left empty."""

    filled_days = WholeNumber(
        _l("Half of the gigs find somebody within"), least=1, most=MOST_DAYS, hint=_l("Empty: no target.")
    )
    answered_hours = WholeNumber(
        _l("Half of those who raise a hand are answered within"), least=1, most=MOST_HOURS, hint=_l("Empty: no target.")
    )
