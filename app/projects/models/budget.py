"""What a project costs and what became of the money, added up from its agreements' milestones and the payments for them.

Nothing of it is kept: every figure is read from where it is true. Amounts are minor units of the project's currency, or
minutes of credit; an unpaid project has a budget of nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from app.agreements.models import Agreement
from app.agreements.terms import Terms
from app.commissions.coordinating import coordinated
from app.commissions.rules import Applied, applied
from app.commissions.split import Fee, FrozenTerms, Split, split, together
from app.credits.settling import given_for, reserved_for
from app.payments.models import Payment
from app.payments.parts import Part, parts_of, payments_of
from app.projects.models.role import Role

_CAME_TO_NOTHING = ("failed", "expired")


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
    """Return the money of one agreement. Of what will not be accepted any more only what stayed paid counts; what people give
    back of their earnings changes what is paid, and not what was agreed.
    """
    if agreement.settlement == "credits":
        return _credits(agreement)
    payments = [one for one in payments_of(agreement.id) if one.kind == "work" and one.state not in _CAME_TO_NOTHING]
    # Somebody who pays anew what had gone back has paid nothing yet.
    latest = {one.milestone_id: one for one in sorted(payments, key=lambda one: (one.is_paid, one.id))}
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
    if payment is None or not payment.is_paid:
        funded = paid = 0
    else:
        back = sum(share.taken for share in payment.shares())
        funded, paid = payment.total - payment.returned - back, payment.released - back
    was_shared_out = payment is not None and payment.released > 0
    shared = payment.shared() if payment is not None else part.split()
    if was_shared_out or part.is_accepted:
        costs = _costs(shared)
    elif part.is_over or part.agreement.outcome == "partly":
        # What a bank still thinks about is held once it comes.
        is_coming = payment is not None and payment.is_open and not part.is_over
        costs = Sums(price=payment.total if payment is not None and is_coming else funded)
    else:
        costs = _costs(shared)
    earned = shared.client_pays if was_shared_out or part.is_accepted else 0
    return Sums(costs.price, costs.hall, costs.coordinator, funded, earned, paid)


def _costs(shared: Split) -> Sums:
    return Sums(shared.price, shared.client_fee, shared.coordinator_fee)


def _credits(agreement: Agreement) -> Sums:
    """Hours are put aside when both agree, and given as the work is accepted."""
    reserved, given = reserved_for(agreement), given_for(agreement)
    return Sums(price=reserved + given, funded=reserved + given, earned=given, paid=given)
