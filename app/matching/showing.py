"""Suggested gigs as rows of a list: each says why it is there, and can be waved away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from markupsafe import Markup
from sqlalchemy import Row

from app.core import clock
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.gigs.drawn_cards import CardDrawer
from app.gigs.facts import facts, gig_base
from app.gigs.queries import these
from app.matching.engine import Match, best_gigs
from app.matching.member_side import Seeker, seeker
from app.matching.reasons import to_member
from tenants.context import Actor, current_tenant

#: What each part of a score is called.
LABELS = {
    "held": _l("Skills"),
    "wanted": _l("Learning"),
    "interest": _l("Interests"),
    "time": _l("Free hours"),
    "place": _l("Place"),
    "language": _l("Languages"),
    "field": _l("Work in the category"),
    "known": _l("People who know each other"),
    "fresh": _l("Newly posted"),
    "fair": _l("Fairness"),
}
_END = "</li>"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A gig that is suggested: why, and its row as lists show it (columns as in `listing`)."""

    match: Match
    row: Row[Any]

    @property
    def why(self) -> str:
        return to_member(self.match.parts)

    @property
    def points(self) -> list[tuple[str, int, int]]:
        """What counted: the part, its points and the most that it could have, what counted most first."""
        counted = [part for part in self.match.parts if round(part.points)]
        shown = [(str(LABELS[part.name]), round(part.points), part.weight) for part in counted]
        return sorted(shown, key=lambda one: -one[1])


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested to a member, the best first; `gaps` are what they could tell of themselves to be suggested more:
    pairs of words and the section of their profile.
    """

    gigs: Sequence[Suggested]
    gaps: Sequence[tuple[str, str]]
    is_off: bool

    def cards(self, gigs: Sequence[Suggested], *, level: int = 3) -> Markup:
        """Return rows of gigs that say why they are there."""
        return Markup("").join(_cards(gigs, level, with_steps=False))

    def rows(self) -> Markup:
        """Return all of them as rows that can be asked why, and waved away."""
        return Markup("").join(_cards(self.gigs, 2, with_steps=True))


def suggested(member: Actor, *, now: datetime, most: int) -> Suggestions:
    """Return what is suggested to a member; read once more as any list is, so that nothing is shown that they may not see."""
    who = seeker(member.id)
    if who is None:
        return Suggestions((), (), is_off=False)
    matches = best_gigs(who, now=now, most=most)
    rows = these([match.id for match in matches], member) if matches else {}
    gigs = [Suggested(match, rows[match.id]) for match in matches if match.id in rows]
    return Suggestions(gigs, list(_gaps(who, now)), who.is_off)


def _cards(gigs: Sequence[Suggested], level: int, *, with_steps: bool) -> Iterator[Markup]:
    base, today, drawer = gig_base(), clock.today(current_tenant().time_zone), CardDrawer(level)
    foot: Any = current_app.jinja_env.get_template("matching/foot.html").module if with_steps else None
    for one in gigs:
        shown = facts(one.row, today=today, base=base, held=one.row.held, wanted=one.row.wanted)
        card = drawer.draw(shown._replace(why=one.why))
        # What can be done about it stands inside the row, after all that a row has.
        yield Markup(card.removesuffix(_END) + str(foot.foot(one)) + _END if foot else card)


def _gaps(who: Seeker, now: datetime) -> Iterator[tuple[str, str]]:
    side, today = who.side, clock.today(current_tenant().time_zone)
    if not side.held:
        yield _("Name what you know"), "skills"
    if not side.wanted:
        yield _("Name what you want to learn"), "skills"
    if side.minutes is None:
        yield _("Say how many hours a week you have"), "time"
    elif side.free_minutes(today) is None:
        yield _("Say whether your hours are still true"), "time"
    if not side.place:
        yield _("Say where you are"), "whereabouts"
    if not side.languages:
        yield _("Say which languages you speak"), "whereabouts"
