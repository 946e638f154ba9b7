"""What a project costs and what became of the money, added up from its agreements' milestones and the payments for them.

Nothing of it is kept: every figure is read from where it is true. Amounts are minor units of the project's currency, or
minutes of credit; an unpaid project has a budget of nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from app.agreements.models import Agreement
from app.agreements.states import BINDING
from app.agreements.terms import Terms
from app.commissions.coordinating import coordinated
from app.commissions.rules import Applied, applied
from app.commissions.split import Fee, FrozenTerms, Split, split, together
from app.payments.models import Payment
from app.payments.parts import Part, parts_of, payments_of
from app.projects.models.role import Role

_NOT_PAID = ("asked", "processing", "failed", "expired")


@dataclass(frozen=True, slots=True)
class Sums:
    """What is agreed, and for whom: the `price` of the work, the `hall`'s fee and the `coordinator`'s on top of it. Of it so
    much is paid in (`funded`), was `earned` by work that was accepted, and went out to people (`paid`).
    """

    price: int = 0
    hall: int = 0
    coordinator: int = 0
    funded: int = 0
    earned: int = 0
    paid: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Sums)))

    @property
    def agreed(self) -> int:
        """What the client pays for all of it."""
        return self.price + self.hall + self.coordinator


@dataclass(frozen=True, slots=True)
class Budget:
    """A project's money at this moment: each role's, and the whole. `left` is what no agreement has: the contingency."""

    total: int
    roles: dict[UUID, Sums]

    @property
    def sums(self) -> Sums:
        return sum(self.roles.values(), Sums())

    @property
    def left(self) -> int:
        return self.total - self.sums.agreed


def budget_of(project: Any, roles: Iterable[Role]) -> Budget:
    """Return the money of a project with these roles."""
    return Budget(project.budget, {role.id: role_sums(role) for role in roles})


def role_sums(role: Role) -> Sums:
    """Return the money of a role: of whoever plays it, and of whoever did before."""
    return sum((sums_of(agreement) for agreement in role.agreements()), Sums())


def sums_of(agreement: Agreement) -> Sums:
    """Return the money of one agreement. Of what will not be accepted any more only what stayed paid counts."""
    if agreement.settlement == "credits":
        return _credits(agreement)
    payments = [one for one in payments_of(agreement.id) if one.kind == "work" and one.state not in _NOT_PAID]
    latest = {one.milestone_id: one for one in payments}
    return sum((_of_part(part, latest.get(part.id)) for part in parts_of(agreement)), Sums())


def cost_of(terms: Terms, taken: FrozenTerms) -> Sums:
    """Return what a part would cost the client, exactly as its payments will be shared out."""
    if terms.settlement == "credits":
        return Sums(price=terms.credits_minutes or 0)
    elif terms.settlement != "money":
        return Sums()
    amounts = [one.amount for one in terms.milestones if one.amount] or [terms.amount or 0]
    return _costs(together(split(amount, taken, currency=terms.currency or "EUR") for amount in amounts))


def taken_of(project: Any, role: Role, fee_points: int) -> FrozenTerms:
    """Return what is taken of a role's payments by today's rules, with the coordinator's fee."""
    return applied_to(project, role, fee_points).terms


def applied_to(project: Any, role: Role, fee_points: int) -> Applied:
    """Return the same with the reasons."""
    found = applied(
        category_id=role.gig.category_id,
        currency=project.currency or "EUR",
        client_id=project.client_id,
        worker_id=role.worker_id,
    )
    return coordinated(found, project.coordinator_id, Fee(points=fee_points))


def _of_part(part: Part, payment: Payment | None) -> Sums:
    shared = part.split()
    back = sum(share.taken for share in payment.shares()) if payment else 0
    funded = payment.total - payment.returned - back if payment else 0
    paid = payment.released - back if payment else 0
    will_be_done = not part.is_over and part.agreement.outcome != "partly"
    costs = _costs(shared) if will_be_done or part.is_accepted else Sums(price=funded)
    earned = shared.client_pays if part.is_accepted else 0
    return Sums(costs.price, costs.hall, costs.coordinator, funded, earned, paid)


def _costs(shared: Split) -> Sums:
    return Sums(shared.price, shared.client_fee, shared.coordinator_fee)


def _credits(agreement: Agreement) -> Sums:
    """Credits are held by nobody in between: they go over when the work is accepted."""
    is_done = agreement.accepted_at is not None or agreement.outcome == "finished"
    minutes = (agreement.credits_minutes or 0) if is_done or agreement.state in BINDING else 0
    done = minutes if is_done else 0
    return Sums(price=minutes, funded=done, earned=done, paid=done)
