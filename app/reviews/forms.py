"""The form of a review."""

from app.core.forms import Choice, Form, Paragraphs
from app.core.languages import lazy_gettext as _l

RATINGS = {
    5: _l("5 – Would do it again at once"),
    4: _l("4 – Good"),
    3: _l("3 – All right"),
    2: _l("2 – Not what we agreed"),
    1: _l("1 – Would warn others"),
}


class ReviewForm(Form):
    """What one side says of the other."""

    rating = Choice(_l("How was it?"), options=RATINGS, radios=True, required=_l("Choose from one to five."))
    text = Paragraphs(
        _l("In your words"),
        max=2000,
        required=_l("A sentence or two: what should others know?"),
        hint=_l("Everybody who can see their profile reads this, once both of you have written or two weeks are over."),
    )
    private_note = Paragraphs(
        _l("A note to the leaders"), max=2000, hint=_l("Only the leaders here read it; the other side never does.")
    )
