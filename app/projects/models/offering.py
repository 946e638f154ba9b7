"""One offer to the client: taken, it becomes every agreement at once; or it comes back; or nothing at all is agreed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.activity.recording import record
from app.activity.stateful import NotYours
from app.agreements.models import Agreement
from app.agreements.terms import Terms
from app.core.database import db
from app.core.languages import gettext as _
from app.core.transitions import WrongState
from app.projects.amounts import shown
from app.projects.failures import NotCovered, NothingToOffer, OfferMoved, OfferOpen, StaleOffer
from app.projects.models.budget import budget_of, cost_of, taken_of
from app.projects.models.client import as_actor
from app.projects.models.offer import Offer
from app.projects.models.role import Role
from app.projects.models.waiting import Waiting
from tenants.context import Actor
from tenants.isolation import scoped


class Offering(Waiting):
    """The first offer makes the project; each later one is a change that the client agrees to or does not."""

    fee_points: int
    contingency: int

    def offer(self, *, fee_points: int, contingency: int, by: Actor, now: datetime, note: str = "") -> Offer:
        """Put everything that people stand by to the client.

        :param fee_points: the coordinator's fee, in basis points of the price of the work.
        :param contingency: what is kept for what nobody foresaw, in minor units or minutes.
        :raises NothingToOffer: when nobody said yes to a part that is not agreed yet.
        :raises OfferOpen: while another waits for its answer.
        """
        self.lock()
        self.check_plans(by)
        if self.open_offer() is not None:
            raise OfferOpen
        roles = self.roles()
        ready = [role for role in roles if role.is_ready]
        if not ready:
            raise NothingToOffer
        lines = [self.line(role, fee_points) for role in ready]
        agreed = budget_of(self, roles).sums.agreed
        offer = Offer(
            project_id=self.id,
            round=self._offers_made() + 1,
            state="open",
            lines=lines,
            fee_points=fee_points,
            contingency=contingency,
            total=agreed + sum(line["cost"] for line in lines) + contingency,
            note=note,
            answer="",
            made_at=now,
        )
        db.session.add(offer)
        db.session.flush()
        if self.state == "planning":
            self.enter(self.row_for("offer", by=by), by=by, now=now, why=note)
        else:
            record("offer_change", self, by=by, why=note, **self.facts(by))
        return offer

    def take_back(self, *, by: Actor, now: datetime) -> None:
        """Take the open offer back, to plan further."""
        self.lock()
        if by.id != self.coordinator_id:
            raise NotYours
        self._answer("taken_back", by=by, why="", verb="take_back", now=now)

    def counter(self, *, by: Actor, why: str, seen: UUID, now: datetime) -> None:
        """Say what should be different; the coordinator plans further.

        :raises StaleOffer: when it is not the one that `by` looked at.
        """
        self.lock()
        if not self.acts_as_client(by):
            raise NotYours
        self._seen(seen)
        self._answer("countered", by=by, why=why, verb="counter", now=now)

    def accept(self, *, by: Actor, seen: UUID, now: datetime) -> list[Agreement]:
        """Take the offer and return its agreements: all of them are agreed, or none is.

        :raises StaleOffer: when it is not the one that `by` looked at.
        :raises OfferMoved: when somebody stepped back, or their part is another by now.
        :raises NotCovered: when it would cost more than it says.
        """
        self.lock()
        if not self.acts_as_client(by):
            raise NotYours
        offer = self._seen(seen)
        row = self.row_for("accept", by=by) if self.state == "offered" else None
        if row is None and self.state != "running":
            raise WrongState(_("This project rests, or is over."))
        self.fee_points, self.contingency, self.budget = offer.fee_points, offer.contingency, offer.total
        lines = {UUID(line["role_id"]): line for line in offer.lines}
        # Gigs are locked in one order wherever there are several.
        roles = sorted((role for role in self.roles() if role.id in lines), key=lambda role: str(role.gig_id))
        agreements = [self._agree(role, lines[role.id], by=by, now=now) for role in roles]
        if len(roles) < len(lines):
            raise OfferMoved(_("A role of this offer is no longer there. The coordinator makes you another."))
        self.refuse_uncovered()
        offer.close("accepted", now=now)
        workers = [str(role.worker_id) for role in roles]
        if row is not None:
            self.accepted_at = now
            self.enter(row, by=by, now=now, workers=workers)
            self.gig.lock()
            if self.gig.state in ("open", "paused", "filled", "expired"):
                self.gig.close(by=by, why=_("It has become a project."))
        else:
            record("accept_change", self, by=by, workers=workers, **self.facts(by))
        return agreements

    def open_offer(self) -> Offer | None:
        """Return the offer that waits for the client's answer."""
        found = select(Offer).where(scoped(Offer), Offer.project_id == self.id, Offer.state == "open")
        return db.session.scalars(found).one_or_none()

    def line(self, role: Role, fee_points: int) -> dict[str, Any]:
        """Return a role's line of an offer: who, which part, and what it costs with this fee."""
        cost = cost_of(role.part, taken_of(self, role, fee_points))
        return {
            "role_id": str(role.id),
            "round": role.round,
            "worker_id": str(role.worker_id),
            "title": role.part.title,
            "terms": role.part.as_json(),
            "price": cost.price,
            "hall": cost.hall,
            "coordinator": cost.coordinator,
            "cost": cost.agreed,
        }

    def refuse_uncovered(self) -> None:
        """Refuse what is agreed beyond what the client agreed to spend.

        :raises NotCovered: when something is.
        """
        budget = budget_of(self, self.roles())
        if budget.left < 0:
            raise NotCovered(
                _("This would cost %(over)s more than was agreed.", over=shown(-budget.left, self.currency))
            )

    def _agree(self, role: Role, line: dict[str, Any], *, by: Actor, now: datetime) -> Agreement:
        """Let the client and whoever stands by a part agree, by the agreement's own verbs."""
        moved = OfferMoved(
            _(
                "“%(role)s” has changed since the offer was made: nothing is agreed with anybody. "
                "The coordinator is asked for another offer.",
                role=line["title"],
            )
        )
        role.gig.lock()
        if role.application is not None:
            role.application.lock()
        takes = role.gig.state in ("open", "paused", "filled") and role.gig.seats_left > 0
        if role.round != line["round"] or not role.is_ready or not takes:
            raise moved
        role.accepted_round = role.round
        db.session.flush()
        worker = as_actor(self.member(role.worker_id))
        agreement: Any = Agreement.propose(
            role.application, Terms.from_json(line["terms"]), by=self.client_for(by), now=now
        )
        agreement.agree(by=worker, seen=agreement.round, now=now)
        return agreement

    def _seen(self, seen: UUID) -> Offer:
        offer = self.open_offer()
        if offer is None or offer.id != seen:
            raise StaleOffer
        return offer

    def _answer(self, state: str, *, by: Actor | None, why: str, verb: str, now: datetime) -> None:
        """Close the open offer; before anything was agreed the project goes back to planning."""
        offer = self.open_offer()
        if offer is None:
            raise StaleOffer
        if self.state == "offered":
            self.enter(self.row_for(verb, by=by, why=why), by=by, now=now, why=why.strip())
        else:
            record(f"{verb}_change", self, by=by, why=why.strip(), **self.facts(by))
        offer.close(state, now=now, answer=why.strip())

    def _offers_made(self) -> int:
        return db.session.scalar(select(func.count()).where(scoped(Offer), Offer.project_id == self.id)) or 0
