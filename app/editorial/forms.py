"""What leaders write for their marketplace."""

from app.core.forms import Choice, Form, Hidden, Paragraphs, Text
from tenants.names import slug_from

AUDIENCES = {"anyone": "Everybody, also without signing in", "members": "Members only"}


class Seen(Form):
    """A step on what a page showed: it says which edition that was."""

    edition = Hidden("Edition", max=12)

    @property
    def seen(self) -> int:
        """Return the edition that was looked at, −1 when that is none."""
        return int(self.edition.data) if str(self.edition.data).isdecimal() else -1


class Move(Seen):
    """A block or a page goes one place further."""

    to = Choice("Direction", options={"up": "Up", "down": "Down"}, required=True)


class Showing(Seen):
    """A block is shown or left out."""

    shown = Choice("Shown", options={"yes": "Shown", "no": "Left out"}, required=True)


class BlockWords(Seen):
    """The words of a block that shows something of the marketplace."""

    title = Text("Heading", max=90)
    text = Text("A line below it", max=300)


class OpeningWords(Seen):
    """The words that the front page opens with."""

    title = Text("Title", max=90, hint="Left empty: the sentence about your marketplace.")
    text = Text("The line below it", max=300, hint="Left empty: how many people are here and what is open.")


class FreeWords(Seen):
    """A block that is a leader's own text."""

    title = Text("Heading", max=90)
    text = Paragraphs("Text", max=4000, hint="Markdown works: **bold**, lists, links.")


class PageWords(Seen):
    """A page of the leader's own."""

    title = Text("Title", max=90, required="A page needs a title.", hint="Also its name in the footer.")
    text = Paragraphs(
        "Text", max=20_000, hint="Markdown works: ## for a heading, **bold**, lists, [words](https://…) for links."
    )
    slug = Text(
        "Address",
        max=60,
        hint="What stands after /pages/. Left empty, it is made from the title. Earlier addresses go on leading here.",
        attributes={"autocapitalize": "none", "spellcheck": "false"},
    )
    audience = Choice("Who may read it", options=AUDIENCES, radios=True, required=True)

    def check(self) -> None:
        if self.slug.data and not slug_from(self.slug.data):
            self.refuse("slug", "Use letters from a to z, digits and hyphens, such as about-us.")
