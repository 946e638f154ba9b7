"""The plan in words: each role's milestones, what they wait for, and whom they hold up."""

from typing import Any

from app.core.languages import gettext as _
from app.core.wording import day, listed
from app.profiles.people import Person
from app.projects.plan import Plan


def steps_in_words(plan: Plan, role_id: Any, today: Any) -> list[dict[str, Any]]:
    """Return a role's milestones, and the role itself where it waits: when, for what, and whom they hold up."""
    titles = {step.role_id: step.title for step in plan.steps.values() if not step.part}

    def name(step: Any) -> str:
        return f"{titles[step.role_id]}: {step.title}" if step.part else step.title

    return [
        {
            "title": step.title,
            "part": step.part,
            "to": day(step.due_on, today) if step.due_on else "",
            "is_done": step.is_accepted,
            "is_late": step.is_late(today),
            "waits_for": [name(other) for other in plan.waits_for(step)],
            "holds_up": [name(one) for one in plan.held_up(step, today)],
        }
        for step in plan.steps.values()
        if step.role_id == role_id
    ]


def awaits(plan: Plan, role_id: Any) -> tuple[Any, ...]:
    """Return the lines of the picture that end at a role: its own day, the other role, and the day of what is waited for."""
    return tuple(
        (one.due_on, other.role_id, other.due_on)
        for one, other in plan.pairs
        if one.role_id == role_id and one.part and other.due_on is not None
    )


def late_in_words(step: Any, held: list[Any], known: dict[Any, Person]) -> str:
    """Return in a sentence what is late and whom it holds up."""
    whom = [f"{one.title} ({known[one.worker_id].name})" if one.worker_id in known else one.title for one in held]
    return _("“%(what)s” is late and holds up %(whom)s.", what=step.title, whom=listed(whom))
