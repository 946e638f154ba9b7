"""Does matching find who fits? Of each real gig one skill is hidden; members built from the other gigs compete for it.

Every gig (a row of the data, from 0) is posted by a member of its own, who holds the skills of that very gig and so stands for
somebody who does such work. A gig is then asked for people with one of its skills taken out. Whoever among the first ten holds
the hidden skill is a hit: the ten would have been worth asking although the gig did not say what it needed. The member built
from the gig itself posted it, so that they cannot be among them. The data has no categories; what comes closest, skills such
as “Web Development”, is hidden like any other.

A fixed hash of its number puts each gig into the train part or the test part. Skills that go together are learned of the train
part alone, and whatever was chosen by trying was tried there; what is reported is the test part.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from app.categories.vocabulary import folded
from bench.relevance import gigs

_DEPTH = 10
_TESTED_OF_TEN = 3


def skills_of_gigs() -> list[list[str]]:
    """Return the skills of each gig, each once, as the data writes them."""
    return [_skills(row["Skills"]) for row in gigs()]


def is_tested(number: int) -> bool:
    """Return whether a gig belongs to the test part."""
    return crc32(str(number).encode()) % 10 < _TESTED_OF_TEN


def hidden_skill(number: int, skills: Sequence[Sequence[str]], uses: Mapping[str, int]) -> str | None:
    """Return the skill that is hidden of a gig, chosen by a fixed hash; None where nobody else has any of its skills, or
    nothing would be left.
    """
    shared = sorted(skill for skill in skills[number] if uses[skill] > 1)
    return shared[crc32(f"h{number}".encode()) % len(shared)] if shared and len(skills[number]) > 1 else None


def hit_rate(found: Mapping[int, Sequence[int]], hidden: Mapping[int, str], skills: Sequence[Sequence[str]]) -> float:
    """Return the share of gigs that have somebody with the hidden skill among their first ten."""
    hits = sum(any(hidden[gig] in skills[member] for member in members[:_DEPTH]) for gig, members in found.items())
    return hits / len(found)


def by_popularity(number: int, skills: Sequence[Sequence[str]], uses: Mapping[str, int]) -> list[int]:
    """Return the members whose skills are asked for most, the same for every gig."""
    wanted = [(sum(uses[skill] for skill in held), member) for member, held in enumerate(skills) if member != number]
    return [member for _, member in sorted(wanted, reverse=True)[:_DEPTH]]


def by_overlap(number: int, hidden: str, skills: Sequence[Sequence[str]], having: Mapping[str, list[int]]) -> list[int]:
    """Return the members who share most skills with what a gig still says; of equals the newer, as ours."""
    shared = Counter(member for skill in skills[number] if skill != hidden for member in having[skill])
    del shared[number]
    return sorted(shared, key=lambda member: (shared[member], member), reverse=True)[:_DEPTH]


def holders(skills: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return who holds each skill."""
    having: dict[str, list[int]] = {}
    for member, held in enumerate(skills):
        for skill in held:
            having.setdefault(skill, []).append(member)
    return having


def uses_of(skills: Iterable[Sequence[str]]) -> Counter[str]:
    """Return how often each skill is asked for."""
    return Counter(skill for held in skills for skill in held)


def _skills(cell: str) -> list[str]:
    names = [name.strip() for name in cell.split(",")]
    # One spelling of each; where the data was cut it says “+3”.
    return list({folded(name): name for name in names if folded(name) and not name.startswith("+")}.values())
