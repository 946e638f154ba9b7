"""How patient a marketplace is with gigs that nobody has taken."""

from app.core.forms import Form, Switch, WholeNumber
from app.core.languages import lazy_gettext as _l


class ClimbForm(Form):
    """Days before each step, and how many calls a member gets."""

    climbs = Switch(_l("Look for people while nobody raises a hand"))
    before_matches = WholeNumber(
        _l("Then the people it suits are told"), least=1, most=60, required=True, hint=_l("Counted from its listing.")
    )
    before_leaders = WholeNumber(_l("Then the leaders of its category"), least=1, most=60, required=True)
    before_around = WholeNumber(_l("Then people near it, and near what it asks"), least=1, most=60, required=True)
    before_everybody = WholeNumber(_l("Then everybody"), least=1, most=60, required=True)
    near_due = WholeNumber(
        _l("Go on so many days before it is due, also while somebody waits for an answer"),
        least=0,
        most=60,
        required=True,
    )
    weekly = WholeNumber(_l("Gigs of which a member is told in a week, at most"), least=1, most=20, required=True)
