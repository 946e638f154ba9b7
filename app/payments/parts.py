"""What of an agreement can be paid in: each milestone with its amount, or the whole work where it has one price."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.activity.recording import last_fact
from app.agreements.models import Agreement, Milestone
from app.commissions.coordinating import with_payee
from app.commissions.keeping import terms_of
from app.commissions.split import FrozenTerms, Split, split
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import lazy_gettext as _l
from app.payments.models import Payment
from tenants.isolation import scoped

# Before both agreed nothing is owed; what was disputed waits for a leader; what ended is not paid any more.
_PAYABLE = ("agreed", "awaiting_release", "active", "paused", "delivered", "changes_requested", "accepted", "reviewed")


class NoSuchPart(NotFound):
    message = _l("There is nothing here that could be paid in.")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the work with its price in minor units of the agreement's currency; `milestone` is None for all of it."""

    agreement: Agreement
    milestone: Milestone | None
    price: int

    @property
    def id(self) -> UUID | None:
        return self.milestone.id if self.milestone else None

    @property
    def title(self) -> str:
        return self.milestone.title if self.milestone else self.agreement.title

    @property
    def currency(self) -> str:
        return self.agreement.currency or ""

    @property
    def is_accepted(self) -> bool:
        """Whether the work of it is done and taken as done."""
        whole = self.agreement.accepted_at is not None or self.agreement.outcome == "finished"
        return whole or (self.milestone is not None and self.milestone.is_accepted)

    @property
    def accepted_at(self) -> datetime | None:
        """When the work of it was taken as done; None where it was not."""
        if not self.is_accepted:
            return None
        elif self.milestone is not None and self.milestone.is_accepted:
            return self.milestone.state_changed_at
        elif self.agreement.accepted_at is not None:
            return self.agreement.accepted_at
        found = last_fact("agreement", self.agreement.id, "resolve")
        return found.created_at if found else self.agreement.state_changed_at

    @property
    def terms(self) -> FrozenTerms:
        """What is taken of its payment, and for whom."""
        kept = terms_of(self.agreement)
        return with_payee(kept, self.agreement.gig, self.accepted_at) if kept.coordinator_id else kept

    @property
    def waits(self) -> bool:
        """Whether something of it was handed over and has no last word yet."""
        if self.milestone is None:
            return self.agreement.state in ("delivered", "changes_requested")
        return self.milestone.state in ("delivered", "changes_requested")

    @property
    def is_over(self) -> bool:
        """Whether it will never be accepted."""
        return not self.is_accepted and (self.agreement.state == "cancelled" or self.agreement.outcome == "ended")

    @property
    def can_be_paid(self) -> bool:
        return self.agreement.state in _PAYABLE or (self.agreement.state == "resolved" and self.is_accepted)

    def split(self, before: Payment | None = None) -> Split:
        """Return what the client pays for it, and who gets which part of that.

        :param before: the last payment for it. Once the two agreed on a part of the price, that is the price, also where
            everything went back later and is paid in anew.
        """
        price = before.price_done if before is not None else self.price
        return split(price, self.terms, currency=self.currency, worker_id=self.agreement.worker_id)


def parts_of(agreement: Agreement) -> list[Part]:
    """Return what of an agreement can be paid in through the marketplace, in the order of the work."""
    if agreement.settlement != "money" or not agreement.was_agreed or not agreement.currency:
        return []
    milestones = agreement.milestones()
    priced = [Part(agreement, one, one.amount) for one in milestones if one.amount]
    if priced:
        return priced
    # Hours are only known when they were worked: such work is paid by milestones, or outside.
    is_whole = agreement.pay_kind == "fixed" and agreement.amount and not any(one.amount for one in milestones)
    return [Part(agreement, None, agreement.amount)] if is_whole and agreement.amount else []


def part_or_404(agreement: Agreement, milestone_id: UUID | None) -> Part:
    """Return a part of an agreement.

    :raises NoSuchPart: when it has none of that milestone.
    """
    for part in parts_of(agreement):
        if part.id == milestone_id:
            return part
    raise NoSuchPart


def part_of(payment: Payment, agreement: Agreement) -> Part:
    """Return the part that a payment was for, as it stands now."""
    found = (part for part in parts_of(agreement) if part.id == payment.milestone_id)
    return next(found, Part(agreement, None, payment.price))


def payments_of(agreement_id: UUID) -> list[Payment]:
    """Return every payment of an agreement, oldest first."""
    found = select(Payment).where(scoped(Payment), Payment.agreement_id == agreement_id)
    return list(db.session.scalars(found.order_by(Payment.id)))


def latest(part: Part, *, kind: str = "work") -> Payment | None:
    """Return the last payment that was begun for a part."""
    return db.session.scalars(
        select(Payment)
        .where(
            scoped(Payment),
            Payment.agreement_id == part.agreement.id,
            Payment.milestone_id.is_not_distinct_from(part.id),
            Payment.kind == kind,
        )
        .order_by(Payment.id.desc())
        .limit(1)
    ).one_or_none()
