"""The table of events: nothing that is recorded is forgotten, and every row can be told."""

import ast
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from uuid import UUID

import pytest

from app.agreements.states import AGREEMENT
from app.applications.states import APPLICATION
from app.gigs.states import EDIT, GIG
from app.notifications.events import EVENTS, PASSED_OVER, Fact
from app.notifications.outside import LETTERS
from app.notifications.places import PLACES
from app.notifications.routes import LEADS_TO
from app.notifications.topics import TOPICS
from app.projects.states import PROJECT

ROOT = Path(__file__).parent.parent.parent

ANSWERED = {(event.kind, event.verb) for event in EVENTS} | set(LETTERS)
PASSED = {(kind, verb) for kind, verbs in PASSED_OVER.items() for verb in verbs}
WORDS = {"amount", "title", "work", "hall", "name", "role", "into", "expires", "until"}

#: Verbs that are given by name elsewhere than in a call of `record` or `note`.
NAMED_ELSEWHERE = {"approved", "refused", "withdrawn", "upheld", "dismissed", "removed", "banned", "left"}


def test_every_step_of_every_table_of_states_is_told_or_passed_over():
    steps = {
        (machine.noun if machine is not EDIT else "gig", row.verb)
        for machine in (GIG, EDIT, APPLICATION, AGREEMENT, PROJECT)
        for row in machine.transitions
    }
    assert sorted(steps - ANSWERED - PASSED) == []


def test_every_verb_that_the_code_writes_down_is_told_or_passed_over():
    verbs = {verb for _, verb in ANSWERED | PASSED}
    assert sorted((_written_verbs() | NAMED_ELSEWHERE) - verbs) == []


def test_nothing_is_both_told_and_passed_over():
    assert set() == ANSWERED & PASSED


def _written_verbs():
    """Return the verbs in calls of `record`, `note` and `_note` all over the code."""
    found = set()
    for file in ROOT.glob("app/**/*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and _name(call.func) in ("record", "note", "_note") and call.args:
                first = call.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def _name(called):
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_a_row_is_whole(event):
    assert event.topic in TOPICS
    assert event.place in PLACES
    assert event.title or event.alone
    named = {name for text in (event.title, event.alone) for _, name, _, _ in Formatter().parse(str(text)) if name}
    assert named <= WORDS
    # A title goes on after a name; a sentence of its own begins like one.
    assert not event.title or event.title[0].islower()
    assert not event.alone or event.alone[0] in "“{" or event.alone[0].isupper()
    assert not event.alone.endswith(".")
    assert event.action[0].isupper()


def test_names_of_rows_differ():
    assert len({event.name for event in EVENTS}) == len(EVENTS)


def test_what_the_clock_does_can_be_told_without_a_name():
    by_clock = {
        (kind, waiting.ends_with) for kind, machine in _MACHINES.items() for waiting in machine.waiting.values()
    }
    for kind, verb in by_clock & ANSWERED:
        rows = [event for event in EVENTS if (event.kind, event.verb) == (kind, verb)]
        assert any(event.alone for event in rows), (kind, verb)


_MACHINES = {"gig": GIG, "application": APPLICATION, "agreement": AGREEMENT}


@pytest.mark.parametrize("place", PLACES.values(), ids=list(PLACES))
def test_every_place_is_a_page(application, place):
    adapter = application.url_map.bind("designers.localhost", subdomain="hall")
    endpoint, _ = adapter.match(place.path.format(id="0193a3f0-0000-7000-8000-000000000000"))
    assert endpoint


def test_whoever_sees_a_place_has_read_what_leads_there(application):
    adapter = application.url_map.bind("designers.localhost", subdomain="hall")
    places = {adapter.match(place.path.format(id=UUID(int=0)))[0] for place in PLACES.values()}
    # The list itself sees to what leads nowhere else.
    assert places - {"notifications.index"} == LEADS_TO


def test_a_fact_reads_ids_whatever_their_shape():
    one, two = UUID(int=1), UUID(int=2)
    fact = Fact(SimpleNamespace(data={"one": str(one), "many": [str(one), str(two)], "none": None}))
    assert fact.ids("one", "none", "absent") == {one}
    assert fact.ids("many") == {one, two}
