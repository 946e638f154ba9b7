"""What leaders settle about a category."""

from app.core.forms import Choice, Form, Paragraphs, Text, WholeNumber
from app.core.languages import lazy_gettext as _l

POSTING_RULES = {
    "open": _l("Anybody who may post here"),
    "experts": _l("Its leaders and experts; everybody else's gigs are looked at first"),
    "reviewed": _l("Its leaders; everybody else's gigs are looked at first"),
}


class CategoryForm(Form):
    """A category's name, words, rule and place in the list."""

    name = Text(_l("Name"), max=60, required=_l("A category needs a name."))
    summary = Text(_l("In one line"), max=160, hint=_l("Stands under its name wherever categories are listed."))
    charter = Paragraphs(
        _l("Charter"),
        max=8000,
        hint=_l("What belongs here, what good work is, how people treat each other. Markdown works."),
        attributes={"rows": 10},
    )
    posting_rule = Choice(_l("Whose gigs go live at once?"), options=POSTING_RULES, radios=True, required=True)
    position = WholeNumber(
        _l("Place in the list"), least=0, most=999, required=True, hint=_l("Lower numbers come first.")
    )


class Archiving(Form):
    """Where the gigs of a category go when it is archived."""

    into = Choice(_l("Move its gigs to"), required=_l("Choose where its gigs go."))
