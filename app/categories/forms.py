"""What leaders settle about a category."""

from app.core.forms import Choice, Form, Paragraphs, Text, WholeNumber

POSTING_RULES = {
    "open": "Anybody who may post here",
    "experts": "Its leaders and experts; everybody else's gigs are looked at first",
    "reviewed": "Its leaders; everybody else's gigs are looked at first",
}


class CategoryForm(Form):
    """A category's name, words, rule and place in the list."""

    name = Text("Name", max=60, required="A category needs a name.")
    summary = Text("In one line", max=160, hint="Stands under its name wherever categories are listed.")
    charter = Paragraphs(
        "Charter",
        max=8000,
        hint="What belongs here, what good work is, how people treat each other. Markdown works.",
        attributes={"rows": 10},
    )
    posting_rule = Choice("Whose gigs go live at once?", options=POSTING_RULES, radios=True, required=True)
    position = WholeNumber("Place in the list", least=0, most=999, required=True, hint="Lower numbers come first.")


class Archiving(Form):
    """Where the gigs of a category go when it is archived."""

    into = Choice("Move its gigs to", required="Choose where its gigs go.")
