"""Who plays what: a project's roles with everybody's agreements in them, in as many statements for two roles as for twelve."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import func, select

from app.activity.models import Activity
from app.agreements.models import Agreement, Milestone
from app.core.database import db
from app.projects.models.role import Role
from tenants.isolation import scoped

_ENDINGS = ("cancel", "dissolve", "hand_on", "resolve")


class Cast:
    """What is read of several roles at once, as it was when it was read: verbs ask the role itself."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self.roles = list(roles)
        self._agreements: dict[UUID, list[Agreement]] = {role.gig_id: [] for role in self.roles}
        found = select(Agreement).where(scoped(Agreement), Agreement.gig_id.in_(self._agreements))
        for one in db.session.scalars(found.order_by(Agreement.id)) if self.roles else ():
            self._agreements[one.gig_id].append(one)

    def agreements(self, role: Role) -> list[Agreement]:
        """Return everybody's agreement in a role, the first first."""
        return self._agreements[role.gig_id]

    def held(self, role: Role) -> Agreement | None:
        """Return the agreement that binds somebody to a role now."""
        return next((one for one in reversed(self.agreements(role)) if one.is_binding), None)

    def played(self, role: Role) -> Agreement | None:
        """Return the agreement of whoever plays a role, or of whoever it ended with: not of somebody whom another follows."""
        last = next(iter(self.agreements(role)[-1:]), None)
        ended_here = last is not None and (was_done(last) or last.outcome == "partly")
        return last if ended_here else self.held(role)

    def team(self) -> set[UUID]:
        """Return everybody who plays a role, or was asked to, or did until somebody else took it on."""
        return self.players() | {role.worker_id for role in self.roles if role.worker_id is not None}

    def players(self) -> set[UUID]:
        """Return everybody who agreed to a part, whoever was replaced as well."""
        return {one.worker_id for every in self._agreements.values() for one in every if one.was_agreed}

    def milestones(self, agreement: Agreement) -> list[Milestone]:
        """Return the parts of an agreement's work in their order."""
        return self._milestones.get(agreement.id, [])

    def ended_at(self, agreement: Agreement) -> datetime:
        """Return when somebody's part was over: reviews, which come later, do not move it."""
        return agreement.accepted_at or self._ends.get(agreement.id, agreement.state_changed_at)

    @cached_property
    def _milestones(self) -> dict[UUID, list[Milestone]]:
        kept: dict[UUID, list[Milestone]] = {one.id: [] for every in self._agreements.values() for one in every}
        found = select(Milestone).where(scoped(Milestone), Milestone.agreement_id.in_(kept))
        for one in db.session.scalars(found.order_by(Milestone.position)) if kept else ():
            kept[one.agreement_id].append(one)
        return kept

    @cached_property
    def _ends(self) -> dict[UUID, datetime]:
        over = [one.id for every in self._agreements.values() for one in every if one.was_agreed and not one.is_binding]
        told = (Activity.subject_kind == "agreement", Activity.subject_id.in_(over), Activity.verb.in_(_ENDINGS))
        found = select(Activity.subject_id, func.max(Activity.created_at)).where(scoped(Activity), *told)
        rows = db.session.execute(found.group_by(Activity.subject_id)).all() if over else []
        return {row[0]: row[1] for row in rows}


def was_done(agreement: Agreement) -> bool:
    """Whether an agreement's work is done: accepted, or settled as finished. Reviews follow every end, and say nothing."""
    return agreement.accepted_at is not None or agreement.outcome == "finished"
