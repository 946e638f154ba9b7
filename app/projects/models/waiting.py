"""The coordinator says who waits for whom."""

from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.projects.failures import UnusableWait
from app.projects.models.cast import Cast
from app.projects.models.talking import Talking
from app.projects.models.wait import Place, Wait, goes_in_a_circle
from app.projects.plan import parts_of_role
from tenants.context import Actor
from tenants.isolation import scoped

MOST_WAITS = 60


class Waiting(Talking):
    """Milestones and roles wait for those of other roles; never in a circle."""

    def waits(self) -> list[Wait]:
        """Return who waits for whom, milestone by milestone, in the order in which it was said."""
        found = select(Wait).where(scoped(Wait), Wait.project_id == self.id).order_by(Wait.id)
        return list(db.session.scalars(found))

    def pairs(self) -> list[tuple[Place, Place]]:
        """Return everything that waits with what it waits for, whole roles too."""
        roles = [one for one in self.roles() if one.dropped_at is None]
        whole = [((one.id, 0), (one.waits_for_id, 0)) for one in roles if one.waits_for_id is not None]
        here = {one.id for one in roles}
        said = [(one.waiting, one.awaited) for one in self.waits()]
        return [(one, other) for one, other in (*whole, *said) if one[0] in here and other[0] in here]

    def let_wait(self, one: Place, other: Place, *, by: Actor) -> Wait:
        """Return that `one` waits for `other`; said twice it was said once.

        :raises UnusableWait: for what is not in the plan, within one role, too many of them, and whatever goes in a circle.
        """
        self.lock()
        self.check_plans(by)
        cast = Cast(self.roles())
        parts = {role.id: len(parts_of_role(cast, role)) for role in cast.roles if role.dropped_at is None}
        if not all(role_id in parts and 0 <= part <= parts[role_id] for role_id, part in (one, other)):
            raise UnusableWait(_("Choose what is in the plan."))
        elif one[0] == other[0]:
            raise UnusableWait(_("Milestones of one role come one after the other anyway. Choose another role."))
        said = self.waits()
        there = next((wait for wait in said if (wait.waiting, wait.awaited) == (one, other)), None)
        if there is not None:
            return there
        elif len(said) >= MOST_WAITS:
            raise UnusableWait(_("At most %(most)s of these fit.", most=MOST_WAITS))
        elif goes_in_a_circle(self.pairs(), one, other):
            raise UnusableWait(_("That goes in a circle: each would wait for the other, and nobody could begin."))
        wait = Wait(project_id=self.id, role_id=one[0], part=one[1], for_id=other[0], for_part=other[1])
        db.session.add(wait)
        db.session.flush()
        return wait

    def wait_no_more(self, wait_id: UUID, *, by: Actor) -> None:
        """Let something begin without waiting.

        :raises NotFound: when it is not in this project, or no longer.
        """
        self.lock()
        self.check_plans(by)
        wait = next((one for one in self.waits() if one.id == wait_id), None)
        if wait is None:
            raise NotFound
        db.session.delete(wait)
        db.session.flush()
