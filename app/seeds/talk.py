"""Conversations of the demo: the threads of `talk.toml`, with the questions and answers of `work.toml` among them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from app.core.database import db
from app.messages.models import Thread
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall

# What is said to each other in the course of an application.
SPOKEN = ("ask", "answer")


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody says something."""

    moment: datetime
    who: str
    words: str


def tell_of_talk(hall: Hall) -> None:
    """Let everything be said in its thread; what came before an answer has been read, the rest as the content has it."""
    lines = _questions(hall)
    unread: dict[tuple[str, str], int] = {}
    for gig, entries in hall.content.talk.items():
        for entry in entries:
            pair = (gig, entry["with"])
            lines.setdefault(pair, []).extend(_line(hall, written) for written in entry["lines"])
            unread[pair] = entry["unread"]
    for (gig, other), spoken in lines.items():
        _tell(hall, gig, other, sorted(spoken, key=lambda line: line.moment), unread.get((gig, other), 0))


def _questions(hall: Hall) -> dict[tuple[str, str], list[Line]]:
    """Return what authors and applicants asked each other, by gig and applicant."""
    found: dict[tuple[str, str], list[Line]] = {}
    for gig, entries in hall.content.work.items():
        author = hall.content.gigs[gig]["by"]
        for entry in entries:
            for day, verb, *rest in entry.get("steps", ()):
                if verb in SPOKEN:
                    who, hour = (author, time(12, 20)) if verb == "ask" else (entry["by"], time(13, 10))
                    moment = hall.days.moment(day, usually=hour, salt=gig)
                    found.setdefault((gig, entry["by"]), []).append(Line(moment, who, unwrapped(rest[0])))
    return found


def _line(hall: Hall, written: Entry) -> Line:
    when, who, words = written
    return Line(hall.days.moment(when, usually=time(12)), who, unwrapped(words))


def _tell(hall: Hall, gig: str, other: str, lines: list[Line], unread: int) -> None:
    author, what = hall.content.gigs[gig]["by"], f"{gig} {other}: talk"
    talk: list[Thread] = []
    for line in lines:
        hall.story.on(line.moment, what, partial(_say, hall, gig, other, line, talk))
    # Whoever answers has read; the last words are opened too, unless they are to look new.
    if not unread:
        reader = other if lines[-1].who == author else author
        opened = lines[-1].moment + timedelta(minutes=37)
        hall.story.on(opened, what, lambda now: talk[0].read(by=hall.actor(reader)))


def _say(hall: Hall, gig_name: str, other: str, line: Line, talk: list[Thread], now: datetime) -> None:
    if not talk:
        gig = hall.gigs[gig_name]
        db.session.flush()
        talk.append(Thread.between(gig.author_id, hall.members[other].id, gig_id=gig.id, now=now))
    talk[0].post(line.words, by=hall.actor(line.who), now=now)
