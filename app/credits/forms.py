"""What leaders settle about time credits, and what they put right."""

from uuid import UUID

from app.core.forms import Choice, Form, Hidden, Hours, Paragraphs
from app.core.ids import new_id
from app.core.languages import lazy_gettext as _l


class RulesForm(Form):
    """With what everybody begins, and how far below nothing they may go."""

    opening_minutes = Hours(
        _l("Everybody begins with"),
        required=_l("Say with how many hours; 0 is possible."),
        most=600 * 60,
        hint=_l("In hours, from the marketplace's own account. Accounts that are open already keep what they have."),
    )
    may_owe_minutes = Hours(
        _l("Everybody may owe"),
        required=_l("Say how many hours; 0 is possible."),
        most=600 * 60,
        hint=_l("In hours. So people can receive work before they have done any."),
    )


class CorrectionForm(Form):
    """Hours more or fewer, and why. `key` lets a page that is sent twice correct once."""

    direction = Choice(
        _l("What to do"),
        options={"add": _l("Add hours"), "take": _l("Take hours")},
        radios=True,
        required=_l("Choose whether hours are added or taken."),
    )
    minutes = Hours(_l("How many hours"), least=1, most=600 * 60, required=_l("Say how many hours."))
    reason = Paragraphs(_l("Why"), max=500, required=_l("Say why: the member reads it."))
    key = Hidden(_l("Which correction"), max=40)

    @classmethod
    def fresh(cls) -> "CorrectionForm":
        """Return an empty form for a correction of its own."""
        return cls(data={"key": str(new_id())})

    @property
    def correction_key(self) -> UUID:
        """Return what names this correction; a new one where the page's was lost."""
        try:
            return UUID(self.key.data)
        except ValueError:
            return new_id()

    @property
    def signed_minutes(self) -> int:
        """Return the minutes, with a minus where they are taken."""
        minutes: int = self.minutes.data
        return minutes if self.direction.data == "add" else -minutes


class GivingBack(Form):
    """Hours for whoever gave them."""

    minutes = Hours(_l("How many hours"), least=1, required=_l("Say how many hours."))
    reason = Paragraphs(_l("Why"), max=500, required=_l("Say why: the other side reads it."))
