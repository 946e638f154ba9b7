"""The steps of opening a marketplace. Each is a form of its own; the draft keeps what was said."""

from app.core.forms import Choice, Choices, Form, Text
from app.joining.choices import JOINING, POSTING, SEEING, preset_labels
from app.openings.fields import FIELDS
from tenants.names import LONGEST, UnusableName, check_slug, is_taken

KINDS = {
    "community": "A community: a network, a neighbourhood, a trade",
    "company": "A company: for its own people only",
}


class NameStep(Form):
    """What it is called and where it will be."""

    name = Text(
        "Name", max=60, required="What is your marketplace called?", hint="As people say it, for example Letterform."
    )
    slug = Text(
        "Address",
        max=LONGEST,
        required="Choose an address.",
        attributes={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"},
    )
    kind = Choice("What is it for?", options=KINDS, radios=True, required=True)
    tagline = Text("One sentence about it", max=140, hint="Who comes here, and for what. It stands on the front page.")

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
    return "Somebody has this address already. Try another." if is_taken(slug) else ""


class FieldStep(Form):
    """The field of work, which fills in everything else."""

    field = Choice(
        "Field of work",
        options=lambda: [(field.key, field.label) for field in FIELDS.values()],
        radios=True,
        required="Choose what comes closest; all of it can be changed.",
    )


class CategoriesStep(Form):
    """The categories to begin with."""

    categories = Choices("Categories", least=1, required="Keep one at least.")
    more = Text("One more of your own", max=60)


class LookStep(Form):
    """Style and colour."""

    preset = Choice("Style", options=preset_labels, radios=True, required=True)
    brand_colour = Text("Brand colour", max=7, required=True, attributes={"type": "color"})

    def check(self) -> None:
        colour = self.brand_colour.data = self.brand_colour.data.lower()
        if len(colour) != 7 or colour[0] != "#" or any(digit not in "0123456789abcdef" for digit in colour[1:]):
            self.refuse("brand_colour", "Write the colour as # and six digits, like #a8322a.")


class AccessStep(Form):
    """Who sees, who joins, who posts."""

    who_may_see = Choice("Who may see gigs and people", options=SEEING, radios=True, required=True)
    who_may_join = Choice("Who may join", options=JOINING, radios=True, required=True)
    who_may_post = Choice("Who may post gigs", options=POSTING, radios=True, required=True)
