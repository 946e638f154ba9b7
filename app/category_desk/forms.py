"""What is typed at a category's desk."""

from app.category_desk.models import LEAST, MOST
from app.core.forms import Choice, Form, Paragraphs, WholeNumber
from app.core.languages import lazy_gettext as _l


class OwnHours(Form):
    """Within how many hours this desk answers."""

    response_hours = WholeNumber(
        _l("Answer within"), least=LEAST, most=MOST, hint=_l("Empty: as the marketplace has it.")
    )


class HallHours(Form):
    """Within how many hours desks answer that chose nothing."""

    hall_hours = WholeNumber(
        _l("Every other desk answers within"),
        least=LEAST,
        most=MOST,
        required=True,
        hint=_l("For all categories that chose nothing themselves."),
    )


class FlagAnswer(Form):
    """Why a reported gig may stay."""

    answer = Paragraphs(
        _l("Your answer"), max=500, required=_l("Say why; whoever reported it reads this."), attributes={"rows": 4}
    )


class Move(Form):
    """Where a gig belongs, and why."""

    into = Choice(_l("Into"), required=_l("Choose a category."))
    why = Paragraphs(_l("Why?"), max=500, required=_l("Say why; its author reads this."), attributes={"rows": 3})
