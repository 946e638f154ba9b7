"""What would help a category next, in words, each with the way to do it. A gig that nobody answered comes with whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from app.authorization import may
from app.categories.models import Category
from app.category_desk.models import USUAL
from app.category_desk.queue import queue
from app.category_figures.figures import Figures
from app.category_figures.models import CategoryTargets
from app.category_figures.queries import UNANSWERED, WAITING_HANDS
from app.climbing.queries import called_ids
from app.core.languages import gettext as _
from app.core.languages import ngettext, own
from app.core.wording import ago, span
from app.matching import people_for
from app.matching.reasons import about_member
from app.policies import EDIT_CATEGORY, INVITE, RUN_DESK
from app.profiles.people import Person, people
from tenants.context import Actor

#: A gig may be without an answer for so long before anybody is asked; and so many are named for each.
PATIENCE, NAMED = timedelta(days=1), 3


@dataclass(frozen=True, slots=True)
class Asking:
    """A gig that nobody has answered, and whom it suits: each with the reason."""

    title: str
    gig_id: Any
    people: list[tuple[Person, str]]


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: what is so, and the way to change it. Where gigs wait, whom to ask stands with it."""

    text: str
    label: str
    href: str
    askings: list[Asking] = field(default_factory=list)
    more: list[tuple[str, str]] = field(default_factory=list)


def actions_for(
    category: Category, figures: Figures, targets: CategoryTargets, *, by: Actor, now: datetime
) -> list[Action]:
    """Return what would help, the most urgent first: as many statements for a long list as for a short one."""
    found = [
        *_waiting_at_desk(category, by),
        *_unanswered(category, figures, by, now),
        *_waiting_hands(category, targets, now),
        *_unmet(category, figures.unmet),
    ]
    if targets.filled_days is None and targets.answered_hours is None and may(EDIT_CATEGORY, category):
        text = _("Nothing was set that this category wants to reach.")
        found.append(Action(text, _("Set targets"), url_for("category_figures.targets", slug=category.slug)))
    return found


def _waiting_at_desk(category: Category, by: Actor) -> list[Action]:
    if not may(RUN_DESK, category):
        return []
    waiting = sum(queue(category.id, onlooker=by.id).counts.values())
    text = ngettext("%(num)s thing waits at the desk.", "%(num)s things wait at the desk.", waiting)
    return [Action(text, _("Go to the desk"), url_for("category_desk.show", slug=category.slug))] if waiting else []


def _unanswered(category: Category, figures: Figures, by: Actor, now: datetime) -> list[Action]:
    rows = UNANSWERED.rows(category_id=category.id, until=now, today=figures.span.today, moment=now - PATIENCE)
    if not rows:
        return []
    every = rows[0].every
    text = ngettext("%(num)s gig has no answer yet.", "%(num)s gigs have no answer yet.", every)
    askings = _askings(rows, by, now)
    matching = len({person.id for asking in askings for person, _why in asking.people})
    if matching:
        more = ngettext("%(num)s member matches: ask them.", "%(num)s members match: ask them.", matching)
        text = f"{text} {more}"
    shown = [(own(row.title), url_for("gigs.show", gig_id=row.id)) for row in rows]
    listing = url_for("categories.show", slug=category.slug)
    return [Action(text, _("See all gigs of the category"), listing, askings, [] if askings else shown)]


def _askings(gigs: Sequence[Any], by: Actor, now: datetime) -> list[Asking]:
    """Return the gigs that suit somebody, each with whom."""
    fitting = [people_for(gig, now=now, most=NAMED, without=[by.id, *called_ids(gig.id)]) for gig in gigs]
    known = people(one.id for some in fitting for one in some)
    return [
        Asking(gig.title, gig.id, [(known[one.id], about_member(one.parts)) for one in some])
        for gig, some in zip(gigs, fitting, strict=True)
        if some
    ]


def _waiting_hands(category: Category, targets: CategoryTargets, now: datetime) -> list[Action]:
    patience = timedelta(hours=targets.answered_hours or USUAL)
    rows = WAITING_HANDS.rows(category_id=category.id, moment=now - patience)
    if not rows:
        return []
    text = ngettext(
        "%(num)s person who raised a hand has waited for an answer for more than %(span)s. A word to whoever posted it helps.",
        "%(num)s people who raised a hand have waited for an answer for more than %(span)s. A word to whoever posted it helps.",
        int(rows[0].every),
        span=span(patience),
    )
    first, *others = [
        (_("%(title)s: %(name)s has been asked %(ago)s", title=row.title, name=row.name, ago=ago(row.since, now)),
         url_for("gigs.show", gig_id=row.gig_id))
        for row in rows
    ]  # fmt: skip
    return [Action(text, first[0], first[1], more=others)]


def _unmet(category: Category, unmet: Sequence[Any]) -> list[Action]:
    """Return what can be done about the skill that is missing most."""
    if not unmet:
        return []
    most = unmet[0]
    text = ngettext(
        "%(num)s gig needs %(skill)s, and nobody here has it.",
        "%(num)s gigs need %(skill)s, and nobody here has it.",
        most.gigs,
        skill=most.name,
    )
    if most.learners:
        more = ngettext(
            "%(num)s member would like to learn it.", "%(num)s members would like to learn it.", most.learners
        )
        where = url_for("gigs.new", category_id=category.id)
        return [Action(f"{text} {more}", _("Post something to learn it by"), where)]
    elif may(INVITE):
        return [Action(text, _("Invite somebody who has it"), url_for("admin.invitation_list"))]
    else:
        return [Action(text, _("Say so in the category's news"), url_for("leading.board", slug=category.slug))]
