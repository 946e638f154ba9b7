"""The state tables of gigs, applications and agreements, drawn from the code: as Markdown for the docs, as HTML for the guide."""

from collections.abc import Iterator
from datetime import timedelta

import click
from flask import render_template
from markupsafe import Markup

from app.agreements.states import AGREEMENT, MILESTONE, OUTCOMES
from app.applications.states import APPLICATION
from app.core.config import ROOT
from app.core.transitions import Machine, Transition, Waiting
from app.experts.states import QUESTION, VETTING
from app.gigs.states import EDIT, GIG, SUGGESTION
from app.merging.states import MERGE
from app.projects.models.handover import HANDOVER
from app.projects.states import PROJECT
from app.recruiting.states import CLIMB
from tenants.states import MARKETPLACE

MACHINES = (
    GIG,
    EDIT,
    SUGGESTION,
    MERGE,
    CLIMB,
    APPLICATION,
    AGREEMENT,
    MILESTONE,
    PROJECT,
    HANDOVER,
    VETTING,
    QUESTION,
    MARKETPLACE,
)
PAGE = ROOT / "docs" / "states.md"

_MOVES = ("From", "What is done", "To", "By", "Meaning")
_WAITS = ("State", "Waits for", "What is awaited", "Reminded", "Ended", "By")
_INTRODUCTION = f"""\
# States

Written by `guildhall states` from the tables themselves (`states.py` in their folders); a test compares. Every verb of a model
takes the lock, looks up its row here, and writes one activity: who, what, from, to, why. Where a table has no row, the
answer is a page that says how things stand.

Locks are taken in one order: gig, application, agreement. Reminders of applications and agreements come at nine in the
morning and their waits end at the end of a day, both in the marketplace's time zone; days are counted from the day on
which the waiting begins, or from the date that is named.

One delivery waits at a time, also where there are milestones, so that it is always clear whose turn it is.

A dispute is settled by a leader who is none of the two sides: the work goes on, or it ends with one of

{chr(10).join(f"- {words}" for words in OUTCOMES.values())}

Reviews open when an agreement is accepted or resolved, and when one is cancelled after work began: what happened until
then can be told. They are blind until both are in, or 14 days are over, and are then published together; a cancelled
agreement stays cancelled. A review stays when its author leaves, as a former member's.
"""


def as_markdown() -> str:
    """Return the whole page `docs/states.md`."""
    return "\n".join([_INTRODUCTION, *(_section(machine) for machine in MACHINES)])


def as_html() -> Markup:
    """Return the same tables as a fragment of a page."""
    drawn = [
        {"noun": machine.noun, "moves": list(_moves(machine)), "waits": list(_waits(machine))} for machine in MACHINES
    ]
    return Markup(render_template("styleguide/machines.html", machines=drawn, moves_head=_MOVES, waits_head=_WAITS))


@click.command("states")
def write() -> None:
    """Draw docs/states.md from the state tables."""
    PAGE.write_text(as_markdown())
    click.echo(f"Drawn: {PAGE.relative_to(ROOT)}")


def _section(machine: Machine) -> str:
    parts = [f"## {machine.noun.capitalize()}", "", _diagram(machine), "", _table(_MOVES, _moves(machine))]
    if machine.waiting:
        parts += ["", _table(_WAITS, _waits(machine))]
    return "\n".join([*parts, ""])


def _diagram(machine: Machine) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {machine.states[0]}"]
    lines += [f"    {state} : {label}" for state, label in machine.labels.items()]
    lines += [f"    {state} --> {row.to} : {row.verb}" for row in machine.transitions for state in row.from_]
    lines += [f"    {state} --> [*]" for state in machine.states if machine.ends(state)]
    return "\n".join([*lines, "```"])


def _moves(machine: Machine) -> Iterator[tuple[str, ...]]:
    for row in machine.transitions:
        yield _from(machine, row), _done(row), machine.labels[row.to], row.by, row.words


def _from(machine: Machine, row: Transition) -> str:
    return ", ".join(str(machine.labels[state]) for state in row.from_)


def _done(row: Transition) -> str:
    verb = row.verb.replace("_", " ")
    return f"{verb}, with a reason" if row.needs_reason else verb


def _waits(machine: Machine) -> Iterator[tuple[str, ...]]:
    for state, waiting in machine.waiting.items():
        ended = _after(waiting, waiting.ends_after)
        yield (
            machine.labels[state],
            waiting.owner,
            waiting.words,
            _after(waiting, waiting.remind_after),
            ended,
            waiting.ends_with.replace("_", " "),
        )


def _after(waiting: Waiting, span: timedelta | None) -> str:
    if span is None:
        return "by its own date"
    days = abs(span.days)
    length = f"{days} day" if days == 1 else f"{days} days"
    if not waiting.counts_from:
        return f"after {length}"
    elif not days:
        return f"on {waiting.counts_from}"
    else:
        return f"{length} {'before' if span.days < 0 else 'after'} {waiting.counts_from}"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in lines)
