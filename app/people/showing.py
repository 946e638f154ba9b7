"""Everything on a member's page, for whoever looks: a visitor, another member, a moderator, or themselves."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from flask import url_for
from sqlalchemy import Row, select

from app.acquaintances.wording import ties_in_words
from app.attestations.queries import carried_about
from app.attestations.shown import as_reviews
from app.badges.queries import honours
from app.categories.models import Category
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.wording import hours, month
from app.credits.counting import hours_of
from app.experts.queries import vetted_for
from app.gigs.cards import cards
from app.gigs.queries import gigs_of
from app.kudos.queries import read as read_thanks
from app.moderation.queries import bans_of
from app.moderation.words import until
from app.policies import MODERATE, REMOVE_MEMBER, allows
from app.profiles import wording
from app.profiles.wording import availability, coming_vacation
from app.reviews.project_queries import as_led, led_by
from app.reviews.queries import as_shown, reviews_about
from app.vouching.queries import shown_about
from tenants.context import Actor, tenant
from tenants.isolation import scoped

_REVIEWS = 6


class _Ranked(NamedTuple):
    """What the policy on removals asks of a member."""

    roles: list[str]


def opinion(rows: Sequence[Row[Any]]) -> tuple[float, int] | None:
    """Return the average of all that was said, with one decimal, and of how many reviews; None where nothing was said."""
    return (round(float(rows[0].average), 1), rows[0].total) if rows else None


def shown(person: Row[Any], viewer: Actor | None, today: date) -> dict[str, Any]:
    """Return what the template of a member's page is given."""
    is_own, opinions = viewer is not None and viewer.id == person.id, reviews_about(person.id, _REVIEWS)
    led = led_by(person.id) if person.has_led else ()
    return {
        "person": person,
        "is_own": is_own,
        "roles": wording.roles(person.roles or ()),
        "free": availability(person, today, for_members=viewer is not None),
        "coming": coming_vacation(person, today) if viewer else "",
        "about": _about(person),
        "badges": honours(person.badges),
        "offers": [line.strip() for line in (person.offers or "").splitlines() if line.strip()],
        "ties": [] if viewer is None or is_own else ties_in_words(person, person.id),
        "why": "" if is_own else wording.why(person),
        "gigs": cards(gigs_of(person.id, viewer), without=("author_name",)),
        "vetted": vetted_for(person.id) if _is_expert(person) else [],
        "vouches": [one.as_review | _reporting("vouch", one.id, viewer) for one in shown_about(person.id)],
        "thanks": read_thanks(person.kudos),
        "reviews": [as_shown(row) | _reporting("review", row.review_id, viewer) for row in opinions],
        "carried": as_reviews(carried_about(person.id)) if person.has_carried else [],
        "led": [as_led(row) | _reporting("project_review", row.review_id, viewer) for row in led],
        "led_opinion": opinion(led),
        "opinion": opinion(opinions),
        "has_more_reviews": bool(opinions) and opinions[0].total > len(opinions),
        "gaps": list(_gaps(person)) if is_own else [],
        "bans": _bans(person, viewer),
        "steps": [] if viewer is None or is_own else list(_steps(person, viewer)),
        "directory": url_for("people.index"),
    }


def _bans(person: Row[Any], viewer: Actor | None) -> list[str]:
    """Return from which categories somebody is kept for now, for those who look after the marketplace or these categories."""
    if viewer is None or viewer.id == person.id or not (viewer.leads or allows(MODERATE, viewer)):
        return []
    return [
        _("Banned from %(category)s until %(until)s.", category=one.name, until=until(one.until))
        for one in bans_of(person.id)
        if one.category_id in viewer.leads or allows(MODERATE, viewer)
    ]


def _is_expert(person: Row[Any]) -> bool:
    # Whoever is vetted is an expert: of nobody else there is anything to read.
    return any(role == "expert" for role, _ in person.roles or ())


def _reporting(kind: str, subject_id: UUID, viewer: Actor | None) -> dict[str, str]:
    """Return where whoever looks says that this breaks a rule; visitors have nobody to be answered as."""
    return {"report": url_for("messages.new_report", kind=kind, subject_id=subject_id)} if viewer is not None else {}


def _steps(person: Row[Any], viewer: Actor) -> Iterator[dict[str, Any] | None]:
    """Yield what a member may do about another, as items of a menu."""
    if not person.blocking:
        yield {"label": _("Say thank you"), "href": url_for("kudos.new", member_id=person.id)}
        yield {"label": _("Vouch for them"), "href": url_for("vouching.new", member_id=person.id)}
        yield {"label": _("Act for each other …"), "href": url_for("assisting.new", member_id=person.id)}
    back = {"onward": url_for("people.show", member_id=person.id)}
    if person.blocking:
        action = url_for("messages.unblock", member_id=person.id)
        yield {"label": _("Let them write again"), "action": action, "fields": back}
    else:
        yield {"label": _("Block"), "action": url_for("messages.block", member_id=person.id), "fields": back}
    yield {"label": _("Report"), "href": url_for("messages.new_report", kind="member", subject_id=person.id)}
    # Pairs of a role and the category that it is in: none for those of the whole marketplace.
    say = {category for _role, category in person.roles or ()}
    if viewer.leads and None not in say:
        named = select(Category.name, Category.slug).where(scoped(Category), Category.id.in_(viewer.leads))
        for category in db.session.execute(named.order_by(Category.position, Category.id)):
            keeping = url_for("leading.ban", slug=category.slug, member_id=person.id)
            if category.name not in say:
                yield {"label": _("Ban from %(category)s …", category=category.name), "href": keeping}
    if allows(REMOVE_MEMBER, viewer, _Ranked([role for role, _ in person.roles or ()])):
        yield None
        yield {"label": _("Decide what follows …"), "href": url_for("moderation.of_member", member_id=person.id)}
        yield {"label": _("Remove …"), "href": url_for("departures.ask_removal", member_id=person.id)}


def _about(person: Row[Any]) -> list[tuple[str, str]]:
    told = [
        (_("Department"), person.department if tenant.is_company else ""),
        (_("Where"), wording.where(person)),
        (_("Clock"), wording.clock_of(person.time_zone)),
        (_("Speaks"), ", ".join(person.languages or ())),
        (
            _("Finished here"),
            ngettext("%(num)s gig", "%(num)s gigs", person.finished_count)
            if person.finished_count
            else _("nothing yet"),
        ),
        (_("Hours without money"), _hours(person.id)),
        (_("Here since"), month(person.joined_at)),
    ]
    return [(label, words) for label, words in told if words]


def _hours(member_id: UUID) -> str:
    """Return what somebody has given and received here for credits, as a favour or unpaid; nothing where there is none."""
    given, received = hours_of(member_id)
    if given and received:
        return _("%(given)s given, %(received)s received", given=hours(given), received=hours(received))
    elif given:
        return _("%(hours)s given", hours=hours(given))
    return _("%(hours)s received", hours=hours(received)) if received else ""


def _gaps(person: Row[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what a member has not told yet: what it is, why it is worth it, and the section of their profile it belongs in."""
    if not person.headline:
        yield _("Say in one line what you do"), _("It stands beside your name in every list."), "words"
    if not person.held:
        yield _("Name the skills you have"), _("Gigs look for them."), "skills"
    if person.available_minutes is None:
        yield _("Say how much time you have"), _("A rough number is enough."), "time"
    if not person.story:
        yield _("Tell your story"), _("Two or three sentences make it easy to write to you."), "words"
