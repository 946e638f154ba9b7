"""The page of states is what the code draws."""

from flask import Flask

from app.core.transitions import Machine
from app.styleguide.machines import MACHINES, PAGE, as_html, as_markdown


def test_the_committed_page_is_what_the_code_draws():
    assert PAGE.read_text() == as_markdown(), "run: guildhall states"


def test_the_guide_shows_every_table(app: Flask):
    with app.test_request_context("/", base_url="http://localhost:8000"):
        drawn = as_html()
    for machine in MACHINES:
        assert f'id="{machine.noun}"' in drawn


def test_every_state_of_every_table_can_be_reached_and_left_or_is_an_end():
    for machine in MACHINES:
        reached = {machine.states[0]} | {row.to for row in machine.transitions}
        assert reached == set(machine.states), machine.noun


def test_what_ends_a_waiting_is_a_row_of_the_table():
    for machine in MACHINES:
        for state, waiting in machine.waiting.items():
            assert machine.allows(state, waiting.ends_with), f"{machine.noun}: {state} ends with {waiting.ends_with}"


def test_whatever_is_not_over_waits_for_somebody():
    for machine in _with_timers():
        for state in machine.states:
            is_first = state == "draft"
            assert is_first or machine.ends(state) or state in machine.waiting or _is_settled(machine, state), state


def _with_timers() -> list[Machine]:
    return [machine for machine in MACHINES if machine.waiting]


def _is_settled(machine: Machine, state: str) -> bool:
    # Nobody is waited for here; only what comes from elsewhere goes on: a freed seat, a moderator, an agreement's end.
    outside = {"a freed seat", "moderator", "the agreement", "author"}
    return {row.by for row in machine.verbs(state)} <= outside
