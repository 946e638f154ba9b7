"""The form of a review."""

from app.core.forms import Choice, Form, Paragraphs

RATINGS = {
    5: "5 – Would do it again at once",
    4: "4 – Good",
    3: "3 – All right",
    2: "2 – Not what we agreed",
    1: "1 – Would warn others",
}


class ReviewForm(Form):
    """What one side says of the other."""

    rating = Choice("How was it?", options=RATINGS, radios=True, required="Choose from one to five.")
    text = Paragraphs(
        "In your words",
        max=2000,
        required="A sentence or two: what should others know?",
        hint="Everybody who can see their profile reads this, once both of you have written or two weeks are over.",
    )
    private_note = Paragraphs(
        "A note to the leaders", max=2000, hint="Only the leaders here read it; the other side never does."
    )
