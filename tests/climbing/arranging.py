"""People whom gigs for lettering suit."""

from app.core import clock
from tests.people.arranging import somebody


def a_fitting_member(name, **told):
    """Return a new member who knows lettering and has time."""
    time = {"available_minutes": 600, "availability_confirmed_on": clock.today("UTC")}
    return somebody(name, held=("Lettering",), **(time | told))
