"""Which reviews to take, and the file of those that are brought."""

from app.attestations.statement import MOST
from app.core.forms import Choices, File, Form
from app.core.languages import lazy_gettext as _l

#: Bytes: a hundred statements with all they can say.
BIGGEST = 1_000_000


class Taking(Form):
    """The reviews that go along; the page gives the options."""

    reviews = Choices(_l("Which go along?"), options=[], most=MOST, required=_l("Choose at least one review."))


class Bringing(Form):
    """A file that was taken from another marketplace."""

    file = File(
        _l("The file"),
        biggest=BIGGEST,
        kinds=(".json",),
        required=_l("Choose the file first."),
        hint=_l("You were given it in the other marketplace, under “Your profile”, “Take reviews with you”."),
    )
