"""What members type about themselves, section by section."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core import clock, pictures
from app.core.forms import (
    Choice,
    Date,
    File,
    Form,
    Hours,
    Paragraphs,
    Place,
    Switch,
    TagList,
    Text,
    WebLink,
)
from app.core.languages import LANGUAGES
from app.core.zones import time_zones
from tenants.context import tenant

LINKS = 6
_WEEK = 7 * 24 * 60
CONTACT = {
    "messages": "By messages here only",
    "email_after_agreement": "Directly too, once we have agreed on work",
}


class Words(Form):
    """Who somebody is."""

    name = Text("Your name here", max=80, required="Tell people what to call you.", attributes={"autocomplete": "name"})
    headline = Text(
        "What you do, in one line", max=120, hint="Stands under your name: “Letterer and technical illustrator”."
    )
    department = Text("Department", max=80)
    story = Paragraphs(
        "Your story",
        max=6000,
        hint="What you have done, how you like to work, what you are looking for. Markdown works.",
    )
    offers = Paragraphs(
        "What you offer", max=1000, hint="One thing a line: “An hour on your quote before you send it”."
    )


class Skills(Form):
    """Three separate things: what one can do, what one wants to learn, what one likes to hear about."""

    held = TagList("Skills you have", most=40, hint="What people can come to you for. A comma between each.")
    wanted = TagList("Skills you want to learn", most=20, hint="Gigs that teach them are pointed out to you.")
    interest = TagList("Interests", most=20, hint="What you like to hear about, also without a plan.")


class Time(Form):
    """How much of it there is, and when there is none."""

    hours = Hours(
        "Hours a week you have for work here", most=_WEEK, hint="0 says: none at the moment. Empty says nothing."
    )
    vacation_from = Date("Away from", hint="Leave it empty to be away at once.")
    vacation_until = Date("Away until", hint="The last day. Members see it.")

    def check(self) -> None:
        first, last = self.vacation_from.data, self.vacation_until.data
        if first and not last:
            self.refuse("vacation_until", "Say until when you are away.")
        elif first and last and last < first:
            self.refuse("vacation_until", "This is before you leave.")
        elif last and last < _today():
            self.refuse("vacation_until", "This day has gone by. Empty both dates when you are back.")


class Whereabouts(Form):
    """Where somebody works, on which clock, in which languages."""

    place = Place("Place", hint="A town or a region is enough: “Leeds”, “Cork, Ireland”. No street.")
    remote = Switch("I can work remotely")
    time_zone = Choice("Time zone", options=time_zones, required=True, hint="Times are shown to you on this clock.")
    locale = Choice("Language of these pages", options=lambda: _languages(), hint="Your e-mails come in it, too.")
    languages = TagList("Languages", most=12, each=40, hint="A comma between each.")


class Contact(Form):
    """How people reach somebody, and when."""

    contact = Choice("How may people reach you?", options=CONTACT, radios=True, required=True)
    contact_details = Paragraphs(
        "What they see then",
        max=300,
        hint="A phone number, an address. Only people you have an agreement with see it, never your profile.",
    )

    def check(self) -> None:
        if self.contact.data == "email_after_agreement" and not self.contact_details.data:
            self.refuse("contact_details", "Write down how they reach you then.")


class Face(Form):
    """A picture of somebody."""

    picture = File(
        "A picture of you",
        biggest=pictures.BIGGEST,
        kinds=pictures.KINDS,
        required="Choose a picture first.",
        hint="PNG, JPEG or WebP, up to 12 MB. It is cut to a circle. Where it was taken is not kept.",
    )


class Piece(Form):
    """A piece of work to show."""

    title = Text("Title", max=100, required="Give it a title.")
    text = Paragraphs("A few words", max=600, hint="What it is, what your part was, for whom.")
    picture = File(
        "Picture",
        biggest=pictures.BIGGEST,
        kinds=pictures.KINDS,
        hint="PNG, JPEG or WebP, up to 12 MB. What your camera noted, such as the place, is taken out.",
    )
    picture_alt = Text("What the picture shows", max=200, hint="Read aloud to people who cannot see it.")
    url = WebLink("Where to see more")


class Links(Form):
    """Up to six addresses, each with words of its own."""

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Return the fields in pairs: words, address."""
        return [(self[f"label_{number}"], self[f"url_{number}"]) for number in range(LINKS)]

    @property
    def shown(self) -> int:
        """Return how many of the pairs stand there at once: those in use, and an empty one."""
        used = [
            number for number, (label, url) in enumerate(self.rows, start=1) if label.data or url.data or url.errors
        ]
        return min(max(used, default=0) + 1, LINKS)

    @property
    def links(self) -> list[dict[str, Any]]:
        """Return what was given; without words, the address speaks for itself."""
        return [{"label": label.data or _bare(url.data), "url": url.data} for label, url in self.rows if url.data]

    @staticmethod
    def filled(links: list[dict[str, Any]]) -> Mapping[str, str]:
        """Return the fields for links as they are kept."""
        pairs = [(f"label_{n}", one["label"]) for n, one in enumerate(links)]
        return dict(pairs + [(f"url_{n}", one["url"]) for n, one in enumerate(links)])

    def check(self) -> None:
        for label, url in self.rows:
            if label.data and not url.data:
                self.refuse(url.name, "Add the address, or empty the words before it.")


for _number in range(LINKS):
    setattr(Links, f"label_{_number}", Text("What it is called", max=60))
    setattr(Links, f"url_{_number}", WebLink("Address", max=500))


def _languages() -> list[tuple[str | None, str]]:
    return [(None, f"As the hall: {LANGUAGES.get(tenant.locale, tenant.locale)}"), *LANGUAGES.items()]


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")[:60]


def _today() -> date:
    return clock.today(tenant.time_zone)
