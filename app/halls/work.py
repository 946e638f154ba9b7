"""A member's own bench: what waits for them, what they are at, what they wait for, and what is theirs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from flask import url_for

from app.agreements.queries import agreements_of
from app.applications.queries import applications_by, gigs_with_hands_raised
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext, own, pgettext
from app.core.timers import day_of
from app.core.wording import day
from app.gigs.queries import own_gigs
from app.gigs.states import GIG
from app.halls.duties import duties
from app.halls.news import News, news_for
from app.halls.project_tasks import project_tasks
from app.halls.task import Task, due_by
from app.messages.queries import unread_threads
from app.profiles.people import Person, as_person
from app.reviews.queries import written_of
from tenants.context import Actor, tenant

_SOON = timedelta(days=3)
Pile = Literal["yours", "under way", "theirs"]

#: What is to be done in an agreement by whoever is asked, and how it reads for the other side.
_TURNS = {
    "proposed": (_l("Answer {name}'s offer"), _l("{name} answers your offer")),
    "countered": (_l("Answer the terms {name} suggests"), _l("{name} answers your terms")),
    "agreed": (_l("Begin, and say so"), _l("{name} is to begin")),
    "paused": (_l("You paused it: take it up again"), _l("{name} paused it")),
    "delivered": (_l("Look at what {name} handed over"), _l("{name} looks at your work")),
    "changes_requested": (_l("Mend what {name} asked for"), _l("{name} makes the changes")),
}


@dataclass(frozen=True, slots=True)
class Work:
    """Everything on a member's bench. `gigs` are theirs by state: label, number and the part of the page of gigs."""

    yours: list[Task] = field(default_factory=list)
    under_way: list[Task] = field(default_factory=list)
    theirs: list[Task] = field(default_factory=list)
    gigs: list[tuple[str, int, str]] = field(default_factory=list)
    applications: list[tuple[str, int]] = field(default_factory=list)
    news: News | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.yours or self.under_way or self.theirs or self.gigs or self.applications)


def work_of(member: Actor, *, now: datetime, last_here: date | None = None) -> Work:
    """Return a member's bench; in each pile what is due first comes first.

    :param last_here: the day of their last visit before today.
    """
    today = day_of(now, tenant.time_zone)
    gigs, applications = own_gigs(member.id), applications_by(member.id)
    piles: dict[Pile, list[Task]] = {"yours": [], "under way": [], "theirs": []}
    for pile, task in (
        *(("yours", task) for task in duties(member)),
        *(("yours", task) for task in project_tasks(member, today)),
        *_of_talk(member.id),
        *_of_agreements(member.id, now, today),
        *_hands(member.id),
        *_of_gigs(gigs, today),
        *_of_applications(applications, today),
    ):
        piles[pile].append(task)
    for tasks in piles.values():
        tasks.sort(key=lambda task: task.due)
    return Work(
        piles["yours"],
        piles["under way"],
        piles["theirs"],
        _by_state(gigs),
        _answered(applications),
        news_for(member, last_here=last_here, now=now),
    )


def _of_talk(member_id: UUID) -> Iterator[tuple[Pile, Task]]:
    for row in unread_threads(member_id):
        writer = as_person(row)
        href = url_for("messages.thread", thread_id=row.thread_id) + "#newest"
        note = _("%(first_name)s wrote to you", first_name=writer.first_name)
        if row.unread > 1:
            note = ngettext(
                "%(num)s new message from %(first_name)s",
                "%(num)s new messages from %(first_name)s",
                row.unread,
                first_name=writer.first_name,
            )
        yield "yours", Task(href, row.title, note, person=writer, due=row.last_message_at.date())


def _of_agreements(member_id: UUID, now: datetime, today: date) -> Iterator[tuple[Pile, Task]]:
    rows = agreements_of(member_id)
    reviewed = written_of(member_id, [row.agreement_id for row in rows if row.reviews_until])
    for row in rows:
        other = as_person(row)
        href = url_for("agreements.show", agreement_id=row.agreement_id)
        if row.reviews_until is not None and row.reviews_until > now:
            if row.agreement_id not in reviewed:
                words = _("Say how it was with %(first_name)s", first_name=other.first_name)
                yield "yours", due_by(href, row.title, words, row.reviews_until, today, other)
        elif row.state == "active":
            words = (
                _("Hand it over when it is ready")
                if row.side == "worker"
                else _("%(first_name)s is at work", first_name=other.first_name)
            )
            pile: Pile = "under way" if row.side == "worker" else "theirs"
            yield pile, _due_task(href, row, words, today, other)
        elif row.state in _TURNS:
            is_mine = row.asked_id == member_id
            words = _TURNS[row.state][0 if is_mine else 1].format(name=own(other.first_name))
            yield "yours" if is_mine else "theirs", due_by(href, row.title, words, row.deadline_at, today, other)
        elif row.state in ("awaiting_release", "disputed"):
            words = _("A leader looks at it") if row.state == "disputed" else _("A manager's consent is asked for")
            yield "theirs", due_by(href, row.title, words, row.deadline_at, today, other)


def _due_task(href: str, row: Any, note: str, today: date, person: Person) -> Task:
    if row.due_on is None:
        return Task(href, row.title, note, person=person)
    is_late = row.due_on < today
    last = day(row.due_on, today)
    words = _("was due %(day)s", day=last) if is_late else _("due %(day)s", day=last)
    return Task(href, row.title, note, words, person, due=row.due_on, is_late=is_late)


def _hands(member_id: UUID) -> Iterator[tuple[Pile, Task]]:
    for row in gigs_with_hands_raised(member_id):
        note = ngettext("%(num)s person waits for your answer", "%(num)s people wait for your answer", row.waiting)
        if row.shortlisted:
            note = _("%(note)s, %(shortlisted)s on your short list", note=note, shortlisted=row.shortlisted)
        # The longest wait first, before what has a day of its own.
        href = url_for("applications.of_gig", gig_id=row.gig_id)
        yield "yours", Task(href, row.title, note, icon="people", due=row.since.date())


def _of_gigs(gigs: Sequence[Any], today: date) -> Iterator[tuple[Pile, Task]]:
    for gig in gigs:
        href = url_for("gigs.show", gig_id=gig.id)
        if gig.state == "open" and gig.expires_at and gig.expires_at.date() <= today + _SOON:
            words = _("It runs out: renew it, or let it go")
            yield "yours", due_by(href, gig.title, words, gig.expires_at, today)
        elif gig.state == "expired":
            yield "yours", Task(href, gig.title, _("It has run out: renew it, or close it"))
        elif gig.state == "draft" and gig.state_reason:
            yield (
                "yours",
                Task(href, gig.title, _("It came back to you: %(state_reason)s", state_reason=gig.state_reason)),
            )
        elif gig.state == "in_review":
            yield "theirs", Task(href, gig.title, _("The category's leaders look at it"))


def _of_applications(rows: Sequence[Any], today: date) -> Iterator[tuple[Pile, Task]]:
    for row in rows:
        if row.state in ("sent", "shortlisted"):
            author = as_person(row)
            words = _("%(first_name)s decides on your application", first_name=author.first_name)
            if row.state == "shortlisted":
                words = _("You are on %(first_name)s's short list", first_name=author.first_name)
            href = url_for("applications.show", application_id=row.application_id)
            yield "theirs", due_by(href, row.title, words, row.deadline_at, today, author)


def _by_state(gigs: Sequence[Any]) -> list[tuple[str, int, str]]:
    counted = Counter(gig.state for gig in gigs)
    return [(GIG.labels[state], counted[state], state) for state in GIG.states if counted[state]]


def _answered(rows: Sequence[Any]) -> list[tuple[str, int]]:
    counted = Counter(row.state for row in rows)
    groups = {
        _("Waiting for an answer"): ("sent", "shortlisted", "offered"),
        pgettext("applications", "Accepted"): ("accepted",),
        _("Answered with a no"): ("declined",),
        _("Taken back or ended"): ("withdrawn", "closed"),
    }
    figures = [(label, sum(counted[state] for state in states)) for label, states in groups.items()]
    return [(label, number) for label, number in figures if number]
