"""A member's home: what waits for them, what they wait for, and what is theirs."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import url_for

from app.agreements.page import row_of
from app.agreements.queries import agreements_of
from app.applications.queries import applications_by, gigs_with_hands_raised
from app.applications.states import APPLICATION
from app.core.wording import day, plural
from app.gigs.queries import own_gigs
from app.gigs.states import GIG
from app.profiles.people import as_person
from tenants.context import Actor

_SOON = timedelta(days=3)
_OVER = ("reviewed", "cancelled")
#: What the side whose turn it is does next, by the state of the agreement.
_NEXT = {
    "proposed": "Answer the terms",
    "countered": "Answer the terms",
    "agreed": "Begin the work",
    "active": "Do the work, and hand it over",
    "paused": "Go on when it is time",
    "changes_requested": "Mend what is missing",
    "delivered": "Look at what was handed over",
    "accepted": "Write your review",
    "resolved": "Write your review",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing on the page: where it leads, what it is, and a quiet line about it."""

    href: str
    title: str
    note: str
    person: Any = None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything on a member's home. `counts` are their gigs by state, in words."""

    yours: list[Task]
    theirs: list[Task]
    counts: list[tuple[str, int]]

    @property
    def is_empty(self) -> bool:
        return not (self.yours or self.theirs or self.counts)


def work_of(member: Actor, *, today: date) -> Work:
    """Return what waits for a member, most pressing first, and what they wait for."""
    agreements, gigs = agreements_of(member.id), own_gigs(member.id)
    own, other = _of_agreements(agreements, member.id)
    counted = Counter(gig.state for gig in gigs)
    return Work(
        yours=[*own, *_hands(member.id), *_ending(gigs, today)],
        theirs=[*other, *_applications(member.id)],
        counts=[(GIG.labels[state], counted[state]) for state in GIG.states if counted[state]],
    )


def _of_agreements(rows: Any, member_id: UUID) -> tuple[list[Task], list[Task]]:
    own: list[Task] = []
    other: list[Task] = []
    for row in rows:
        if row.state in _OVER:
            continue
        shown = row_of(row, member_id)
        next_step = _NEXT.get(row.state, shown["label"]) if shown["is_mine"] else ""
        note = " · ".join(part for part in (next_step or shown["label"], shown["due"]) if part)
        (own if next_step else other).append(Task(shown["href"], shown["title"], note, as_person(row)))
    return own, other


def _hands(member_id: UUID) -> list[Task]:
    return [
        Task(
            url_for("applications.of_gig", gig_id=row.gig_id),
            row.title,
            f"{plural(row.waiting + row.shortlisted, 'person', 'people')} raised a hand and "
            f"{'waits' if row.waiting + row.shortlisted == 1 else 'wait'} for your answer",
        )
        for row in gigs_with_hands_raised(member_id)
    ]


def _ending(gigs: Any, today: date) -> list[Task]:
    return [
        Task(f"/gigs/{gig.id}", gig.title, f"Ends {day(gig.expires_at.date(), today)}: renew it or let it go")
        for gig in gigs
        if gig.state == "open" and gig.expires_at and gig.expires_at.date() <= today + _SOON
    ]


def _applications(member_id: UUID) -> list[Task]:
    return [
        Task(
            url_for("applications.show", application_id=row.application_id),
            row.title,
            f"Your application: {APPLICATION.labels[row.state].lower()}",
            as_person(row),
        )
        for row in applications_by(member_id)
        if row.state in ("sent", "shortlisted")
    ]
