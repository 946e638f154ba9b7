"""Letters: what a hall writes to one person by e-mail. One source for both parts, dressed in the hall's theme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import fill, shorten
from typing import Any

from flask import render_template

from app.core.composing import Mail
from app.core.config import config
from app.core.languages import gettext as _
from app.core.languages import own
from tenants.context import TenantInfo
from tenants.links import origin
from themes.theme import Theme, theme
from themes.tokens import PAIRINGS, RADII, WEIGHTS

# As much as the longest list of mails shows.
_FIRST_WORDS = 140

PLATFORM_LOOK = ("atelier", "#1e5b3c")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: a hall, or Guildhall itself."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """One of several things that a letter tells of: its title with an address, a line of facts, and why it is told."""

    title: str
    url: str
    facts: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is said, in the order in which it is read. Plain words only; the parts are made from them.

    `action` is the one thing to do: words and an address. `after` stands below it. `why` says why this person
    gets it; `unsubscribe` is a one-click address for mail that people may not want. `told` are several things of one kind;
    of one without facts its title is all there is to say.
    """

    subject: str
    heading: str = ""
    paragraphs: Sequence[str] = ()
    quote: str = ""
    facts: Sequence[tuple[str, str]] = ()
    told: Sequence[Told] = ()
    action: tuple[str, str] | None = None
    after: Sequence[str] = ()
    why: str = ""
    preferences: str = ""
    unsubscribe: str = ""

    @property
    def first_words(self) -> str:
        """Return what a list of mails shows beside the subject: what somebody said, or what it is about."""
        words = self.quote or next(iter(self.paragraphs), "") or next(iter(self.after), "")
        # Of titles only whole ones: half of one says something else.
        return (
            shorten(words, _FIRST_WORDS, placeholder=" …") if words else _as_many_as_fit(one.title for one in self.told)
        )

    def to(self, address: str, *, message_id: str, tenant: TenantInfo | None = None) -> Mail:
        """Return the letter as mail from a hall, or from Guildhall itself; `Mail` says what `message_id` is."""
        sender = sender_of(tenant)
        return Mail(
            to=address,
            subject=str(self.subject),
            text=self.as_text(sender),
            html=self.as_html(tenant),
            message_id=message_id,
            name=sender.name,
            unsubscribe=self.unsubscribe,
        )

    def as_html(self, tenant: TenantInfo | None = None) -> str:
        """Return the part that most people see."""
        look = theme(tenant.preset, tenant.brand_colour) if tenant else theme(*PLATFORM_LOOK)
        return render_template("layouts/email.html", letter=self, sender=sender_of(tenant), look=_in_place(look))

    def as_text(self, sender: Sender) -> str:
        """Return the plain part: all that the other says, in lines of at most 76 characters."""
        return "\n\n".join([*self._said(), "-- \n" + "\n".join(self._signed(sender))]) + "\n"

    def _said(self) -> list[str]:
        blocks = [_wrapped(self.heading or self.subject), *map(_wrapped, self.paragraphs)]
        if self.quote:
            blocks.append("\n".join(_wrapped(line, "> ") for line in self.quote.splitlines()))
        if self.facts:
            blocks.append("\n".join(f"{label}: {own(value)}" for label, value in self.facts))
        blocks += ["\n".join(map(own, filter(None, (one.title, one.facts, one.why, one.url)))) for one in self.told]
        if self.action:
            blocks.append(f"{self.action[0]}:\n{self.action[1]}")
        return [*blocks, *map(_wrapped, self.after)]

    def _signed(self, sender: Sender) -> list[str]:
        lines = [f"{sender.name}, {sender.url}"]
        if self.why:
            lines.append(_wrapped(self.why))
        if self.preferences:
            lines.append(_("Choose what you are told:\n%(preferences)s", preferences=self.preferences))
        if self.unsubscribe:
            lines.append(_("Stop these e-mails:\n%(unsubscribe)s", unsubscribe=self.unsubscribe))
        return lines


def sender_of(tenant: TenantInfo | None) -> Sender:
    """Return who a letter comes from: the hall, or Guildhall where there is none."""
    if tenant is None:
        return Sender("Guildhall", origin(config().platform_host))
    return Sender(tenant.name, origin(tenant.host))


def _in_place(look: Theme) -> dict[str, Any]:
    """Return the look as values to write into `style`: mail readers know no custom properties. `night` are the colours for
    readers that show mail by night; a look that is dark first is dark by day too, and has none.
    """
    pairing = PAIRINGS[look.choices.pairing]
    return {
        "colours": look.palette.dark if look.is_dark_first else look.palette.light,
        "night": None if look.is_dark_first else look.palette.dark,
        "scheme": "dark" if look.is_dark_first else "light",
        "display": pairing.display,
        "text": pairing.text,
        "weight": WEIGHTS[look.choices.weight],
        "radius": RADII[look.choices.radius].control,
    }


def _wrapped(words: str, before: str = "") -> str:
    # An address is never broken: it would no longer lead anywhere.
    return (
        fill(
            str(words),
            76,
            initial_indent=before,
            subsequent_indent=before,
            break_long_words=False,
            break_on_hyphens=False,
        )
        or before.rstrip()
    )


def _as_many_as_fit(titles: Iterable[str]) -> str:
    said = ""
    for title in titles:
        more = f"{said}, {title}" if said else title
        if said and len(more) > _FIRST_WORDS:
            break
        said = more
    return said
