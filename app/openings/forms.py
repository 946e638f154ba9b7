"""The steps of opening a marketplace. Each is a form of its own; the draft keeps what was said."""

from app.core.forms import Choice, Choices, Form, Text
from app.core.languages import LANGUAGES
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.joining.choices import JOINING, POSTING, SEEING, preset_labels
from app.openings.fields import FIELDS
from tenants.names import LONGEST, UnusableName, check_slug, is_taken

KINDS = {
    "community": _l("A community: a network, a neighbourhood, a trade"),
    "company": _l("A company: for its own people only"),
}


class NameStep(Form):
    """What it is called and where it will be."""

    name = Text(
        _l("Name"),
        max=60,
        required=_l("What is your marketplace called?"),
        hint=_l("As people say it, for example Letterform."),
    )
    slug = Text(
        _l("Address"),
        max=LONGEST,
        required=_l("Choose an address."),
        attributes={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"},
    )
    kind = Choice(_l("What is it for?"), options=KINDS, radios=True, required=True)
    locale = Choice(
        _l("Language"),
        options=LANGUAGES,
        hint=_l("What it begins with is written in it. Members may read the pages in another."),
    )
    tagline = Text(
        _l("One sentence about it"), max=140, hint=_l("Who comes here, and for what. It stands on the front page.")
    )

    def check(self) -> None:
        complaint = complaint_about(self.slug.data)
        if complaint:
            self.refuse("slug", complaint)


def complaint_about(slug: str) -> str:
    """Return why an address cannot be had, or an empty text."""
    try:
        check_slug(slug)
    except UnusableName as refusal:
        return refusal.message
    return _("Somebody has this address already. Try another.") if is_taken(slug) else ""


class FieldStep(Form):
    """The field of work, which fills in everything else."""

    field = Choice(
        _l("Field of work"),
        options=lambda: [(field.key, _(field.label)) for field in FIELDS.values()],
        radios=True,
        required=_l("Choose what comes closest; all of it can be changed."),
    )


class CategoriesStep(Form):
    """The categories to begin with."""

    categories = Choices(_l("Categories"), least=1, required=_l("Keep one at least."))
    more = Text(_l("One more of your own"), max=60)


class LookStep(Form):
    """Style and colour."""

    preset = Choice(_l("Style"), options=preset_labels, radios=True, required=True)
    brand_colour = Text(_l("Brand colour"), max=7, required=True, attributes={"type": "color"})

    def check(self) -> None:
        colour = self.brand_colour.data = self.brand_colour.data.lower()
        if len(colour) != 7 or colour[0] != "#" or any(digit not in "0123456789abcdef" for digit in colour[1:]):
            self.refuse("brand_colour", _("Write the colour as # and six digits, like #a8322a."))


class AccessStep(Form):
    """Who sees, who joins, who posts."""

    who_may_see = Choice(_l("Who may see gigs and people"), options=SEEING, radios=True, required=True)
    who_may_join = Choice(_l("Who may join"), options=JOINING, radios=True, required=True)
    who_may_post = Choice(_l("Who may post gigs"), options=POSTING, radios=True, required=True)
