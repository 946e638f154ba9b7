"""Gigs of the demo: written, looked at, published, and brought to the state in which they are shown."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from app.categories.vocabulary import folded
from app.core.clock import end_of_day
from app.core.database import db
from app.gigs.models import Gig, GigSkill, Suggestion, name_skills
from app.merging.models import Merge
from app.seeds.content_files import Entry, flowing, unwrapped
from app.seeds.fields import answer
from app.seeds.hall import Hall
from app.seeds.phrases import effort_columns, pay_columns, place_columns
from tenants.context import Actor

_POSTING = time(9, 10)
# Three days before a listing runs out its author is reminded, and these authors do not wait.
_RENEWED_EARLY = timedelta(days=2)


def tell_of_gigs(hall: Hall) -> None:
    """Let every gig be posted on its day and end as its entry says."""
    for name, entry in hall.content.gigs.items():
        posted = hall.days.moment(entry["posted"], usually=_POSTING, salt=name)
        hall.story.on(posted - timedelta(minutes=48), name, partial(_begin, hall, name, entry))
        state = entry.get("state", "open").replace(" ", "_")
        if state == "in_review":
            hall.story.on(posted, name, partial(_submit, hall, name))
        elif state != "draft":
            hall.story.on(posted, name, partial(_publish, hall, name))
            _tell_of_edits(hall, name, entry)
            _tell_of_suggestions(hall, name, entry)
            if "goes_into" in entry:
                day, into, why = entry["goes_into"]
                asked = hall.days.moment(day, usually=time(16, 10), salt=name)
                hall.story.on(asked, f"{name}: merge", partial(_ask_to_merge, hall, name, into, why))
            _tell_of_the_rest(hall, name, entry, posted, state)


def _tell_of_the_rest(hall: Hall, name: str, entry: Entry, posted: datetime, state: str) -> None:
    if state in ("open", "paused"):
        _tell_of_renewals(hall, name, posted)
    if state == "expired":
        ends = end_of_day(hall.days.day(entry["due"]), hall.tenant.time_zone)
        hall.story.on(ends + timedelta(minutes=7), name, lambda now: hall.gigs[name].expire())
    elif state in ("paused", "closed", "removed"):
        since = hall.days.moment(entry.get("since") or entry["due"], usually=time(18, 20), salt=name)
        hall.story.on(since, name, partial(_end, hall, name, state, entry["reason"]))


def _tell_of_renewals(hall: Hall, name: str, posted: datetime) -> None:
    span = timedelta(days=hall.tenant.gig_days) - _RENEWED_EARLY
    renewed = posted + span
    while hall.days.day_of(renewed) < hall.days.today:
        hall.story.on(renewed, name, lambda now: hall.gigs[name].renew(by=hall.actor(hall.gigs[name].author_id)))
        renewed += span


def _tell_of_edits(hall: Hall, name: str, entry: Entry) -> None:
    """Let terms of a reviewed gig be changed: [day, changes, what becomes of it, when, why]."""
    for day, changes, outcome, *decision in entry.get("edits", ()):
        revised = hall.days.moment(day, usually=time(9, 40), salt=name)
        hall.story.on(revised, f"{name}: edit", partial(_revise, hall, name, changes))
        if outcome != "waiting":
            when, *why = decision
            decided = hall.days.moment(when, usually=time(12, 10), after=revised, salt=name)
            hall.story.on(decided, f"{name}: edit {outcome}", partial(_decide_edit, hall, name, outcome, "".join(why)))


def _tell_of_suggestions(hall: Hall, name: str, entry: Entry) -> None:
    """Let the category's leader suggest other words: [day, words, note, what becomes of it, when, why]."""
    for day, words, note, outcome, *decision in entry.get("suggestions", ()):
        made: list[Suggestion] = []
        moment = hall.days.moment(day, usually=time(11, 20), salt=name)
        hall.story.on(moment, f"{name}: suggestion", partial(_suggest, hall, name, words, note, made))
        if outcome != "waiting":
            when, *why = decision
            answered = hall.days.moment(when, usually=time(19, 5), after=moment, salt=name)
            what = f"{name}: suggestion {outcome}"
            hall.story.on(answered, what, partial(_answer_suggestion, hall, outcome, "".join(why), made))


def _begin(hall: Hall, name: str, entry: Entry, now: datetime) -> None:
    gig = Gig.begin(
        by=hall.actor(entry["by"]),
        direction=entry.get("direction", "request"),
        kind=entry.get("kind", "gig"),
        category_id=hall.categories[entry["category"]].id,
        title=entry["title"],
        summary=unwrapped(entry["summary"]),
        description=flowing(entry["description"]),
        questions=entry.get("questions", []),
        seats=entry.get("seats", 1),
        **_dates(hall, entry),
        **effort_columns(entry["effort"]),
        **place_columns(entry["where"]),
        **pay_columns(entry["pay"], hall.currency),
    )
    for relation, written in (("needed", "needs"), ("gained", "gains")):
        db.session.add_all(
            GigSkill(gig_id=gig.id, relation=relation, skill_id=hall.skills[folded(skill)], position=position)
            for position, skill in enumerate(entry.get(written, ()))
        )
    name_skills([gig.id])
    answer(hall, gig, entry)
    hall.gigs[name] = gig


def _dates(hall: Hall, entry: Entry) -> dict[str, Any]:
    """Return the columns of dates: what goes on from a day to a day has a span, everything else a due date."""
    due = hall.days.day_or_none(entry.get("due"))
    starts = hall.days.day_or_none(entry.get("starts"))
    return {"due_on": due, "starts_on": starts, "ends_on": due if starts else None}


def _revise(hall: Hall, name: str, changes: Entry, now: datetime) -> None:
    gig = hall.gigs[name]
    columns = pay_columns(changes["pay"], hall.currency) if "pay" in changes else changes
    gig.revise(columns, by=hall.actor(gig.author_id))


def _decide_edit(hall: Hall, name: str, outcome: str, why: str, now: datetime) -> None:
    gig = hall.gigs[name]
    if outcome == "withdrawn":
        gig.withdraw_edit(by=hall.actor(gig.author_id))
    elif outcome == "approved":
        gig.approve_edit(by=_category_leader(hall, name))
    else:
        gig.hand_back_edit(by=_category_leader(hall, name), why=why)


def _ask_to_merge(hall: Hall, name: str, into: str, why: str, now: datetime) -> None:
    Merge.ask(hall.gigs[name], hall.gigs[into], by=_category_leader(hall, name), why=why, now=now)


def _suggest(hall: Hall, name: str, words: Entry, note: str, made: list[Suggestion], now: datetime) -> None:
    made.append(Suggestion.make(hall.gigs[name], words, by=_category_leader(hall, name), note=note, now=now))


def _answer_suggestion(hall: Hall, outcome: str, why: str, made: list[Suggestion], now: datetime) -> None:
    suggestion = made.pop()
    author = hall.actor(suggestion.author_id)
    if outcome == "taken":
        suggestion.take(by=author, now=now)
    else:
        suggestion.decline(by=author, why=why, now=now)


def _publish(hall: Hall, name: str, now: datetime) -> None:
    gig = hall.gigs[name]
    gig.publish(by=hall.actor(gig.author_id))
    if gig.state == "in_review":
        gig.approve(by=_category_leader(hall, name))


def _submit(hall: Hall, name: str, now: datetime) -> None:
    gig = hall.gigs[name]
    gig.submit(by=hall.actor(gig.author_id))


def _end(hall: Hall, name: str, state: str, reason: str, now: datetime) -> None:
    gig = hall.gigs[name]
    if state == "removed":
        gig.remove(by=hall.actor(hall.leader.id), why=reason)
    elif state == "closed":
        gig.close(by=hall.actor(gig.author_id), why=reason)
    else:
        gig.pause(by=hall.actor(gig.author_id), why=reason)


def _category_leader(hall: Hall, name: str) -> Actor:
    category = hall.content.gigs[name]["category"]
    return hall.actor(hall.content.categories[category]["leaders"][0])
