"""The score of a member and a gig: a sum of parts, each between 0 and 1 times its weight. Pure; both directions use it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app.acquaintances.queries import Tie
from app.core.towns import folded
from app.core.whereabouts import located
from app.matching.sides import Side, Task, Vocabulary
from app.matching.weights import Weights

# Chosen on the train part of the real gigs (bench/matching): what a skill is worth that only a gig's words name, one that
# mostly goes with what is asked for, and how soon more of them add little.
NAMED, KIN = 1.0, 0.7
_HALF_HELD, _HALF_MISSING, _HALF_WANTED, _HALF_INTEREST = 0.6, 0.1, 0.4, 0.6
# Where nobody said anything a part counts for nobody and against nobody.
_UNSAID = 0.5
_NEW = timedelta(days=90)
_FADES = timedelta(days=21)
_NEAR, _FAR = 25.0, 120.0
#: Parts that are a reason to show a match at all; the others only order what fits.
REASONS = frozenset({"held", "wanted", "interest", "field", "known"})


class Part(NamedTuple):
    """One part of a score: its name, how much of it there is (0 to 1), its weight, and what it says, for the words."""

    name: str
    value: float
    weight: int
    said: dict[str, Any]

    @property
    def points(self) -> float:
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Setting:
    """What both sides stand in: the day, the vocabulary, the weights."""

    today: date
    now: datetime
    zone: str
    vocabulary: Vocabulary
    weights: Weights


def parts(side: Side, task: Task, setting: Setting, *, tie: Tie, unseen: float, newcomer: str) -> tuple[Part, ...]:
    """Return the parts of the score of a member and a gig, in the order in which they are told.

    :param unseen: how little the one that is suggested was shown so far, from 0 to 1.
    :param newcomer: who might be overlooked, `author` (gigs are suggested) or `member` (people are).
    """
    found = {
        "held": _held(side, task, setting.vocabulary),
        "wanted": _wanted(side, task, setting.vocabulary),
        "interest": _interest(side, task, setting.vocabulary),
        "field": _field(side, task),
        "known": _known(task, tie),
        "time": _time(side, task, setting.today),
        "place": _place(side, task, setting.zone),
        "language": _language(side, task),
        "fresh": _fresh(task, setting.now),
        "fair": _fair(side, task, setting.now, tie, unseen, newcomer),
    }
    return tuple(
        Part(name, value, getattr(setting.weights, name), said) for name, (value, said) in found.items() if value > 0
    )


def has_reason(found: Iterable[Part]) -> bool:
    """Return whether there is a reason to show it that counts here."""
    return any(part.name in REASONS and part.points > 0 for part in found)


_Found = tuple[float, dict[str, Any]]
_NOTHING: _Found = (0.0, {})


def _held(side: Side, task: Task, words: Vocabulary) -> _Found:
    if task.direction == "offer":
        # Who can do it themselves does not look for somebody who does it.
        return _NOTHING
    shared = [skill for skill in task.needs if skill in side.held]
    named = [skill for skill in task.named if skill in side.held and skill not in (*task.needs, *task.gains)]
    kin = list(_kin(side, task, words))
    worth = sum(side.held[skill] * words.rarity(skill) for skill in shared)
    worth += NAMED * sum(words.rarity(skill) for skill in named)
    worth += KIN * sum(strength * words.rarity(skill) for skill, _, strength in kin)
    if worth <= 0:
        return _NOTHING
    missing = len(task.needs) - len(shared)
    said = {
        "skills": _named(words, shared + named),
        "shown": _named(words, [skill for skill in shared if side.shown.get(skill)]),
        "endorsed": _named(words, [skill for skill in shared if side.endorsed.get(skill)]),
        "kin": [(words.names.get(skill, ""), words.names.get(asked, "")) for skill, asked, _ in kin[:1]],
    }
    return worth / (worth + _HALF_HELD + _HALF_MISSING * missing), said


def _kin(side: Side, task: Task, words: Vocabulary) -> Iterator[tuple[UUID, UUID, float]]:
    """Yield skills that a member has and that mostly go with what is asked for: with what, and how strongly; those first that
    go best.
    """
    totals: dict[UUID, float] = {}
    best: dict[UUID, tuple[float, UUID]] = {}
    for asked in task.needs if words.kin else ():
        for skill, strength in words.companions.get(asked, ()):
            if skill in side.held and skill not in task.needs and skill not in task.named:
                totals[skill] = totals.get(skill, 0.0) + strength
                best[skill] = max(best.get(skill, (0.0, asked)), (strength, asked))
    for skill, total in sorted(totals.items(), key=lambda one: -one[1]):
        yield skill, best[skill][1], min(side.held[skill], 1.0) * total / len(task.needs)


def _wanted(side: Side, task: Task, words: Vocabulary) -> _Found:
    taught = (*task.gains, *task.needs) if task.direction == "offer" else task.gains
    shared = [skill for skill in dict.fromkeys(taught) if skill in side.wanted]
    return _worth(shared, words, _HALF_WANTED)


def _interest(side: Side, task: Task, words: Vocabulary) -> _Found:
    every = dict.fromkeys((*task.needs, *task.gains, *task.named))
    shared = [skill for skill in every if skill in side.interest and skill not in side.held]
    return _worth(shared, words, _HALF_INTEREST)


def _worth(shared: list[UUID], words: Vocabulary, half: float) -> _Found:
    worth = sum(words.rarity(skill) for skill in shared)
    return (worth / (worth + half), {"skills": _named(words, shared)}) if shared else _NOTHING


def _time(side: Side, task: Task, today: date) -> _Found:
    free, takes = side.free_minutes(today), task.weekly_minutes(today)
    if free is None or takes is None:
        return _UNSAID, {}
    elif takes <= free:
        return 1.0, {"takes": takes, "free": free}
    else:
        return free / takes * _UNSAID, {"takes": takes, "free": free}


def _place(side: Side, task: Task, zone: str) -> _Found:
    far = _kilometres(side.place, task.place, zone) if task.place and side.place else None
    if far is not None and far <= _NEAR:
        return 1.0, {"place": task.place, "is_same": not far}
    elif task.remote or not task.place:
        return (0.8, {}) if side.remote else (_UNSAID, {})
    else:
        # So far nobody goes every day; farther, nobody at all.
        reach = 0.0 if far is None else max(0.0, 1 - far / _FAR)
        return (0.5 * reach, {}) if side.place else (0.2, {})


def _kilometres(one: str, other: str, zone: str) -> float | None:
    """Return how far apart two places are, as people wrote them; None where nobody can tell."""
    if folded(one) == folded(other):
        return 0.0
    here, there = located(one, zone=zone), located(other, zone=zone)
    return None if here is None or there is None else here.kilometres_to(there)


def _language(side: Side, task: Task) -> _Found:
    if not side.languages or not task.languages:
        return _UNSAID, {}
    theirs = {folded(word) for word in task.languages}
    shared = [word for word in side.languages if folded(word) in theirs]
    return (1.0, {"languages": shared}) if shared else (0.0, {})


def _field(side: Side, task: Task) -> _Found:
    # As with skills: who does such work themselves does not look for somebody who offers it.
    if task.direction == "offer" or task.category_id is None:
        return _NOTHING
    done = side.done_in.get(task.category_id, 0)
    return (done / (done + 1), {"done": done, "category": task.category}) if done else _NOTHING


def _known(task: Task, tie: Tie) -> _Found:
    if tie.together:
        return 1.0, {"together": tie.together, "author": task.author}
    elif tie.is_known:
        return 0.7, {"invited": True, "author": task.author}
    elif tie.vouchers:
        return tie.vouchers / (tie.vouchers + 1), {"vouchers": tie.vouchers, "author": task.author}
    elif tie.in_common:
        return tie.in_common / (tie.in_common + 2), {"in_common": tie.in_common, "author": task.author}
    else:
        return _NOTHING


def _fresh(task: Task, now: datetime) -> _Found:
    if task.published_at is None:
        return _NOTHING
    return 0.5 ** (max(now - task.published_at, timedelta(0)) / _FADES), {}


def _fair(side: Side, task: Task, now: datetime, tie: Tie, unseen: float, newcomer: str) -> _Found:
    """Half of it for what was shown to few, a quarter each for whoever is new and whoever has not worked with anybody here."""
    joined = side.joined_at if newcomer == "member" else task.author_joined_at
    finished = side.finished if newcomer == "member" else task.author_finished
    is_new = joined is not None and now - joined <= _NEW
    value = 0.5 * min(max(unseen, 0.0), 1.0) + 0.25 * is_new + 0.25 * (finished == 0 and not tie.together)
    return (value, {"unseen": unseen, "is_new": is_new}) if value else _NOTHING


def _named(words: Vocabulary, skills: Iterable[UUID]) -> list[str]:
    """Return the names of skills, those first that say most."""
    ordered = sorted(skills, key=words.rarity, reverse=True)
    return [words.names[skill] for skill in ordered if skill in words.names]
