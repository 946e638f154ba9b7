"""The plan, milestone by milestone: what each waits for, what is late, and whom that holds up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.projects.models.cast import Cast, was_done
from app.projects.models.role import Role


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone of a role, `part` counted from one; the role as a whole where it is nought."""

    role_id: UUID
    part: int
    title: str
    due_on: date | None
    is_accepted: bool
    worker_id: UUID | None

    @property
    def place(self) -> tuple[UUID, int]:
        return self.role_id, self.part

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today and not self.is_accepted


def parts_of_role(cast: Cast, role: Role) -> list[Any]:
    """Return a role's milestones: of whoever plays it, else of the part that was put to somebody."""
    agreement = cast.played(role)
    return cast.milestones(agreement) if agreement is not None else list(role.part.milestones if role.terms else ())


def steps_of(cast: Cast, role: Role) -> list[Step]:
    """Return a role as a whole and then each of its milestones. Whoever was only asked is nobody's to name yet."""
    agreement, parts = cast.played(role), parts_of_role(cast, role)
    source: Any = agreement or (role.part if role.terms else role.gig)
    stands_by = role.worker_id if role.is_ready else None
    worker_id = agreement.worker_id if agreement is not None else stands_by
    is_over = agreement is not None and was_done(agreement)
    whole = Step(role.id, 0, role.gig.title, source.due_on, is_over, worker_id)
    return [
        whole,
        *(
            Step(role.id, number, part.title, part.due_on, getattr(part, "is_accepted", False), worker_id)
            for number, part in enumerate(parts, 1)
        ),
    ]


@dataclass(frozen=True)
class Plan:
    """Steps by their place, and pairs of what waits and what it waits for."""

    steps: dict[tuple[UUID, int], Step]
    pairs: list[tuple[Step, Step]]

    @classmethod
    def of(cls, cast: Cast, pairs: Iterable[tuple[tuple[UUID, int], tuple[UUID, int]]]) -> "Plan":
        """Return the plan of these roles. A milestone that is no longer there counts as its role."""
        roles = [role for role in cast.roles if role.dropped_at is None]
        steps = {step.place: step for role in roles for step in steps_of(cast, role)}
        known = [
            (steps.get(one, steps.get((one[0], 0))), steps.get(other, steps.get((other[0], 0)))) for one, other in pairs
        ]
        return cls(steps, [(one, other) for one, other in known if one is not None and other is not None])

    def waits_for(self, step: Step) -> list[Step]:
        """Return what a step waits for."""
        return [other for one, other in self.pairs if one.place == step.place]

    def held_up(self, step: Step, today: date) -> list[Step]:
        """Return who cannot begin since a step is late: nobody while it is not."""
        if not step.is_late(today):
            return []
        is_last = step.part == max(part for role_id, part in self.steps if role_id == step.role_id)
        # Whoever waits for the whole role waits for its last milestone.
        places = {step.place, (step.role_id, 0)} if is_last else {step.place}
        return [one for one, other in self.pairs if other.place in places and not one.is_accepted]

    def late(self, today: date) -> list[tuple[Step, list[Step]]]:
        """Return every late step that holds somebody up, with whom; a role only where none of its milestones says it already."""
        every = [(step, self.held_up(step, today)) for step in self.steps.values()]
        found = [(step, held) for step, held in every if held]
        said = {step.role_id for step, _held in found if step.part}
        return [(step, held) for step, held in found if step.part or step.role_id not in said]
