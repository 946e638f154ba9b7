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
    parent_id = Choice(_l("Within"), hint=_l("Its gigs are found there too. Only a category that is within no other."))
    charter = Paragraphs(
        _l("What belongs here"),
        max=8000,
        hint=_l("And what belongs elsewhere. Shown to whoever posts here. Markdown works."),
        attributes={"rows": 7},
    )
    standards = Paragraphs(
        _l("Standards"),
        max=4000,
        hint=_l("What good work is here, and what a gig has to say. Shown beside its description."),
        attributes={"rows": 5},
    )
    rates = Paragraphs(
        _l("Rates"),
        max=4000,
        hint=_l("What is usual, and what is too little. Shown beside the pay."),
        attributes={"rows": 4},
    )
    joining = Paragraphs(
        _l("How to become part"),
        max=2000,
        hint=_l("Where to begin, whom to write to, when you meet."),
        attributes={"rows": 3},
    )
    posting_rule = Choice(_l("Whose gigs go live at once?"), options=POSTING_RULES, radios=True, required=True)
    position = WholeNumber(
        _l("Place in the list"), least=0, most=999, required=True, hint=_l("Lower numbers come first.")
    )


class Archiving(Form):
    """Where the gigs of a category go when it is archived."""

    into = Choice(_l("Move its gigs to"), required=_l("Choose where its gigs go."))
