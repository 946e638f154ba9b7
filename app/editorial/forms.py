"""What leaders write for their marketplace."""

from app.core.forms import Choice, Form, Hidden, Paragraphs, Text
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from tenants.names import slug_from

AUDIENCES = {"anyone": _l("Everybody, also without signing in"), "members": _l("Members only")}


class Seen(Form):
    """A step on what a page showed: it says which edition that was."""

    edition = Hidden(_l("Edition"), max=12)

    @property
    def seen(self) -> int:
        """Return the edition that was looked at, −1 when that is none."""
        return int(self.edition.data) if str(self.edition.data).isdecimal() else -1


class Move(Seen):
    """A block or a page goes one place further."""

    to = Choice(_l("Direction"), options={"up": "Up", "down": _l("Down")}, required=True)


class Showing(Seen):
    """A block is shown or left out."""

    shown = Choice(_l("Shown"), options={"yes": _l("Shown"), "no": _l("Left out")}, required=True)


class BlockWords(Seen):
    """The words of a block that shows something of the marketplace."""

    title = Text(_l("Heading"), max=90)
    text = Text(_l("A line below it"), max=300)


class OpeningWords(Seen):
    """The words that the front page opens with."""

    title = Text(_l("Title"), max=90, hint=_l("Left empty: the sentence about your marketplace."))
    text = Text(_l("The line below it"), max=300, hint=_l("Left empty: how many people are here and what is open."))


class FreeWords(Seen):
    """A block that is a leader's own text."""

    title = Text(_l("Heading"), max=90)
    text = Paragraphs(_l("Text"), max=4000, hint=_l("Markdown works: **bold**, lists, links."))


class PageWords(Seen):
    """A page of the leader's own."""

    title = Text(_l("Title"), max=90, required=_l("A page needs a title."), hint=_l("Also its name in the footer."))
    text = Paragraphs(
        _l("Text"),
        max=20_000,
        hint=_l("Markdown works: ## for a heading, **bold**, lists, [words](https://…) for links."),
    )
    slug = Text(
        _l("Address"),
        max=60,
        hint=_l(
            "What stands after /pages/. Left empty, it is made from the title. Earlier addresses go on leading here."
        ),
        attributes={"autocapitalize": "none", "spellcheck": "false"},
    )
    audience = Choice(_l("Who may read it"), options=AUDIENCES, radios=True, required=True)

    def check(self) -> None:
        if self.slug.data and not slug_from(self.slug.data):
            self.refuse("slug", _("Use letters from a to z, digits and hyphens, such as about-us."))
