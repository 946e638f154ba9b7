"""What a member says of an alert: its name, how often it tells, and where."""

from app.alerts.wording import PACES
from app.core.forms import Choice, Choices, Form, Text
from app.core.languages import lazy_gettext as _l
from app.core.wording import weekday

CHANNELS = {
    "app": _l("Here, behind the bell"),
    "email": _l("By e-mail"),
    "feed": _l("In a feed reader, at a private address"),
}


#: The same within a sentence.
TELLING = {"app": _l("behind the bell"), "email": _l("by e-mail"), "feed": _l("in a feed reader")}


class AboutAlert(Form):
    """The choices of one alert. Day and hour matter where the pace has any."""

    name = Text(_l("What to call it"), max=80, required=_l("Give it a name that you will know it by."))
    pace = Choice(_l("How often"), options=PACES, radios=True, required=_l("Say how often you want to hear."))
    weekday = Choice(
        _l("On which day"), options=lambda: [(day, weekday(day)) for day in range(7)],
        hint=_l("For once a week."),
    )  # fmt: skip
    hour = Choice(
        _l("At what time"), options=lambda: [(hour, f"{hour:02}:00") for hour in range(24)],
        hint=_l("For once a day or a week, on your own clock."),
    )  # fmt: skip
    channels = Choices(_l("Where"), options=CHANNELS, required=_l("Choose at least one place to be told at."))

    @property
    def choices(self) -> dict[str, object]:
        """What was chosen, as an alert has it."""
        return {
            "name": self.name.data,
            "pace": self.pace.data,
            "weekday": self.weekday.data or 0,
            "hour": 8 if self.hour.data is None else self.hour.data,
            "in_app": "app" in self.channels.data,
            "by_mail": "email" in self.channels.data,
        }

    @property
    def wants_feed(self) -> bool:
        return "feed" in self.channels.data
