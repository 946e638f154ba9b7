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
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.zones import time_zones
from tenants.context import tenant

LINKS = 6
_WEEK = 7 * 24 * 60
CONTACT = {
    "messages": _l("By messages here only"),
    "email_after_agreement": _l("Directly too, once we have agreed on work"),
}


class Words(Form):
    """Who somebody is."""

    name = Text(
        _l("Your name here"), max=80, required=_l("Tell people what to call you."), attributes={"autocomplete": "name"}
    )
    headline = Text(
        _l("What you do, in one line"),
        max=120,
        hint=_l("Stands under your name: “Letterer and technical illustrator”."),
    )
    department = Text(_l("Department"), max=80)
    story = Paragraphs(
        _l("Your story"),
        max=6000,
        hint=_l("What you have done, how you like to work, what you are looking for. Markdown works."),
    )
    offers = Paragraphs(
        _l("What you offer"), max=1000, hint=_l("One thing a line: “An hour on your quote before you send it”.")
    )


class Skills(Form):
    """Three separate things: what one can do, what one wants to learn, what one likes to hear about."""

    held = TagList(_l("Skills you have"), most=40, hint=_l("What people can come to you for. A comma between each."))
    wanted = TagList(_l("Skills you want to learn"), most=20, hint=_l("Gigs that teach them are pointed out to you."))
    interest = TagList(_l("Interests"), most=20, hint=_l("What you like to hear about, also without a plan."))


class Time(Form):
    """How much of it there is, and when there is none."""

    hours = Hours(
        _l("Hours a week you have for work here"),
        most=_WEEK,
        hint=_l("0 says: none at the moment. Empty says nothing."),
    )
    vacation_from = Date(_l("Away from"), hint=_l("Leave it empty to be away at once."))
    vacation_until = Date(_l("Away until"), hint=_l("The last day. Members see it."))

    def check(self) -> None:
        first, last = self.vacation_from.data, self.vacation_until.data
        if first and not last:
            self.refuse("vacation_until", _("Say until when you are away."))
        elif first and last and last < first:
            self.refuse("vacation_until", _("This is before you leave."))
        elif last and last < _today():
            self.refuse("vacation_until", _("This day has gone by. Empty both dates when you are back."))


class Whereabouts(Form):
    """Where somebody works, on which clock, in which languages."""

    place = Place(_l("Place"), hint=_l("A town or a region is enough: “Leeds”, “Cork, Ireland”. No street."))
    remote = Switch(_l("I can work remotely"))
    time_zone = Choice(
        _l("Time zone"), options=time_zones, required=True, hint=_l("Times are shown to you on this clock.")
    )
    locale = Choice(
        _l("Language of these pages"), options=lambda: _languages(), hint=_l("Your e-mails come in it, too.")
    )
    languages = TagList(_l("Languages"), most=12, each=40, hint=_l("A comma between each."))


class Contact(Form):
    """How people reach somebody, and when."""

    contact = Choice(_l("How may people reach you?"), options=CONTACT, radios=True, required=True)
    contact_details = Paragraphs(
        _l("What they see then"),
        max=300,
        hint=_l("A phone number, an address. Only people you have an agreement with see it, never your profile."),
    )

    def check(self) -> None:
        if self.contact.data == "email_after_agreement" and not self.contact_details.data:
            self.refuse("contact_details", _("Write down how they reach you then."))


class Face(Form):
    """A picture of somebody."""

    picture = File(
        _l("A picture of you"),
        biggest=pictures.BIGGEST,
        kinds=pictures.KINDS,
        required=_l("Choose a picture first."),
        hint=_l("PNG, JPEG or WebP, up to 12 MB. It is cut to a circle. Where it was taken is not kept."),
    )


class Piece(Form):
    """A piece of work to show."""

    title = Text(_l("Title"), max=100, required=_l("Give it a title."))
    text = Paragraphs(_l("A few words"), max=600, hint=_l("What it is, what your part was, for whom."))
    picture = File(
        _l("Picture"),
        biggest=pictures.BIGGEST,
        kinds=pictures.KINDS,
        hint=_l("PNG, JPEG or WebP, up to 12 MB. What your camera noted, such as the place, is taken out."),
    )
    picture_alt = Text(_l("What the picture shows"), max=200, hint=_l("Read aloud to people who cannot see it."))
    url = WebLink(_l("Where to see more"))


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
                self.refuse(url.name, _("Add the address, or empty the words before it."))


for _number in range(LINKS):
    setattr(Links, f"label_{_number}", Text(_l("What it is called"), max=60))
    setattr(Links, f"url_{_number}", WebLink(_l("Address"), max=500))


def _languages() -> list[tuple[str | None, str]]:
    return [(None, _("As the hall: %(get)s", get=LANGUAGES.get(tenant.locale, tenant.locale))), *LANGUAGES.items()]


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")[:60]


def _today() -> date:
    return clock.today(tenant.time_zone)
