"""The form of a review."""

from typing import Any

from app.core.forms import Choice, Form, Paragraphs
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor

RATINGS = {
    5: _l("5 – Would do it again at once"),
    4: _l("4 – Good"),
    3: _l("3 – All right"),
    2: _l("2 – Not what we agreed"),
    1: _l("1 – Would warn others"),
}


class ProjectReviewForm(Form):
    """What whoever led a project says of it as a whole."""

    rating = Choice(
        _l("How was the project as a whole?"), options=RATINGS, radios=True, required=_l("Choose from one to five.")
    )
    text = Paragraphs(
        _l("In your words"),
        max=2000,
        required=_l("A sentence or two: what went well, and what did not?"),
        hint=_l("Everybody in the project reads this, once all of you have written or two weeks are over."),
    )


class LedReviewForm(ProjectReviewForm):
    """What everybody else says: of the project, and of whoever led it."""

    leading = Choice(_l("How was it led?"), options=RATINGS, radios=True, required=_l("Choose from one to five."))
    leading_text = Paragraphs(
        _l("What others should know of whoever led it"),
        max=2000,
        hint=_l("It stands on their profile, where everybody who can see that reads it."),
    )


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


def project_review_form(project: Any, by: Actor) -> ProjectReviewForm:
    """Return the form for whoever writes: nobody says how they led it themselves."""
    return ProjectReviewForm() if by.id == project.coordinator_id else LedReviewForm()
