"""One project with its people, step by step; what is refused changes nothing."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client

from app.agreements import jobs as agreement_jobs
from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.applications.raising import my_application, raise_hand
from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.payments import accounts, funding, sharing
from app.payments.parts import latest, parts_of, payments_of
from app.projects import jobs
from app.projects.models import Role
from app.projects.models.budget import budget_of
from tenants.context import Actor
from tests.factories import run_jobs
from tests.projects.arranging import Team
from tests.stripe.accounts import set_stage
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.world import PLATFORM


class NothingThere(Exception):
    """There is nothing that the step could be about."""


class History:
    """`agreed` says of every agreement what the offer that the client took said of it: its line, and the coordinator's fee."""

    def __init__(self, money: Any, team: Team, people: list[Actor], leader: Actor, others: list[Actor]) -> None:
        self.money, self.team, self.people, self.leader = money, team, people, leader
        self.project, self.client = team.project, team.client
        self.agreed: dict[Any, Any] = {}
        # Whoever may lead, and whose the fee of each part is that was accepted.
        self.leads = {one.id: one for one in (team.coordinator, *others)}
        self.earned_by: dict[Any, Any] = {}
        self.roles = 0

    def do(self, action, one, other):
        db.session.expire_all()
        try:
            getattr(self, f"_{action.replace(' ', '_')}")(one, other)
            db.session.commit()
        except (ProductError, NothingThere):
            db.session.rollback()

    @property
    def coordinator(self) -> Actor:
        return self.leads[self.project.coordinator_id]

    def held(self, at) -> Agreement:
        found = self._at(at).held()
        if found is None:
            raise NothingThere
        return found

    def _at(self, at) -> Role:
        roles = self.project.roles()
        if at >= len(roles):
            raise NothingThere
        return roles[at]

    def _role(self, *_):
        if len(self.project.roles()) < 3:
            self.roles += 1
            self.team.coordinator = self.coordinator
            self.team.role(f"Role {self.roles}", amount=40_000)

    def _ask(self, at, whom):
        role, who = self._at(at), self.people[whom[0]]
        hand = my_application(role.gig, by=who)
        if hand is None or not hand.is_unanswered:
            hand = raise_hand(role.gig, by=who, note="Gladly.", answers=[], now=clock.now())
            db.session.flush()
        self.project.ask(role, hand, self.team.part(role, whom[1]), by=self.coordinator, now=clock.now())

    def _yes(self, at, _):
        role, who = self._in_view(at)
        self.project.say_yes(role, by=who, seen=role.round, now=clock.now())

    def _no(self, at, _):
        role, who = self._in_view(at)
        self.project.say_no(role, by=who, seen=role.round, why="Not now.")

    def _in_view(self, at):
        role = self._at(at)
        return role, self._person(role.worker_id) if role.worker_id else self.client

    def _person(self, member_id):
        return next(one for one in self.people if one.id == member_id)

    def _step_back(self, at, _):
        hand = self._at(at).application
        if hand is None:
            raise NothingThere
        hand.withdraw(by=self._person(hand.applicant_id), now=clock.now())

    def _staff(self, at, whom):
        self._ask(at, whom)
        self._yes(at, None)

    def _offer(self, fee, spare):
        paid, is_free = self.project.is_paid, self.project.settlement == "none"
        self.project.offer(
            fee_points=fee if paid else 0, contingency=0 if is_free else spare, by=self.coordinator, now=clock.now()
        )

    def _take_back(self, *_):
        self.project.take_back(by=self.coordinator, now=clock.now())

    def _counter(self, *_):
        self.project.counter(by=self.client, why="Less.", seen=self._seen(), now=clock.now())

    def _take(self, *_):
        offer = self.project.open_offer()
        made = self.project.accept(by=self.client, seen=self._seen(), now=clock.now())
        costs = {line["worker_id"]: line for line in offer.lines}
        self.agreed |= {one.id: (costs[str(one.worker_id)], offer.fee_points) for one in made}

    def _seen(self):
        offer = self.project.open_offer()
        if offer is None:
            raise NothingThere
        return offer.id

    def _agree_on_all(self, at, whom):
        self._staff(at, whom)
        self._offer(1_000, whom[2])
        self._take()

    def _spend_the_reserve(self, at, whom):
        """Let somebody take a role on for what was kept for it: the client agrees, and spends no more than before."""
        self._staff(at, whom)
        budget = budget_of(self.project, self.project.roles())
        left = budget.left - self.project.line(self._at(at), self.project.fee_points)["cost"]
        if self.project.accepted_at is None or left < 0:
            raise NothingThere
        self._offer(self.project.fee_points, left)
        self._take()
        assert self.project.budget == budget.total

    def _fund(self, at, position):
        parts = parts_of(self.held(at))
        if not parts:
            raise NothingThere
        self._pay(funding.fund(parts[position], by=self.client, now=clock.now()))

    def _tip(self, at, amount):
        agreements = self._at(at).agreements()
        if not agreements:
            raise NothingThere
        self._pay(funding.tip(agreements[0], amount, by=self.client, now=clock.now()))

    def _pay(self, page):
        db.session.commit()
        Client(self.money.fake).post(urlsplit(page).path, data={"card": "pm_card_visa"})
        self.money.arrive()

    def _bank(self, at, is_won):
        """Let the client's bank take a payment back, and decide."""
        world, charges = self.money.fake.world, [one.charge_id for one in self._payments(at) if one.charge_id]
        charge = world.of(PLATFORM, "charge", charges[-1]) if charges else None
        if charge is None or charge["disputed"] or charge["amount_refunded"]:
            raise NothingThere
        dispute = open_dispute(world, PLATFORM, charge)
        self.money.arrive()
        end_dispute(world, PLATFORM, dispute, won=is_won)
        self.money.arrive()

    def _payments(self, at):
        return [one for agreement in self._at(at).agreements() for one in payments_of(agreement.id)]

    def _deliver(self, at, _):
        agreement = self.held(at)
        worker = self._person(agreement.worker_id)
        if agreement.state == "agreed":
            agreement.start(by=worker, now=clock.now())
        agreement.deliver(by=worker, note="Here it is.", now=clock.now())

    def _accept(self, at, _):
        agreement = self.held(at)
        waiting = agreement.waiting_delivery()
        agreement.accept(by=self.client, seen=waiting.id if waiting else None, now=clock.now())

    def _pay_and_finish_a_part(self, at, position):
        self._fund(at, position)
        self._finish_a_part(at, None)

    def _deliver_for_less(self, at, amount):
        self._fund(at, 0)
        self._deliver(at, None)
        self._a_part_of_it(at, amount)

    def _finish_a_part(self, at, _):
        self._deliver(at, None)
        self._accept(at, None)

    def _a_part_of_it(self, at, amount):
        every = (part for agreement in self._at(at).agreements() for part in parts_of(agreement))
        parts = [part for part in every if sharing.can_be_shared(part, latest(part))]
        if not parts:
            raise NothingThere
        part = parts[0]
        worker = self._person(part.agreement.worker_id)
        sharing.offer_part(part, amount, by=self.client, now=clock.now())
        sharing.agree_to_part(part, amount, by=worker, now=clock.now())

    def _changes(self, at, _):
        agreement = self.held(at)
        waiting = agreement.waiting_delivery()
        agreement.request_changes(by=self.client, why="More.", seen=waiting.id if waiting else None, now=clock.now())

    def _hand_back(self, at, amount):
        payments = [one for one in self._payments(at) if one.released and one.kind == "work"]
        if not payments:
            raise NothingThere
        payment = payments[-1]
        left = sum(share.left for share in payment.shares())
        if left:
            agreement = agreement_or_404(payment.agreement_id)
            worker = self._person(agreement.worker_id)
            sharing.hand_back(payment, agreement, amount or left, by=worker, now=clock.now())

    def _dispute(self, at, _):
        self.held(at).dispute(by=self.client, why="No.", now=clock.now())

    def _settle(self, at, outcome):
        agreement = self.held(at)
        if outcome == "again":
            agreement.reinstate(by=self.leader, why="Go on.", now=clock.now())
        else:
            agreement.resolve(by=self.leader, outcome=outcome, why="So be it.", now=clock.now())

    def _cancel(self, at, who):
        agreement = self.held(at)
        worker = self._person(agreement.worker_id)
        agreement.cancel(by=self.client if who == "client" else worker, why="It ends.", now=clock.now())

    def _pay_and_dispute(self, at, outcome):
        self._fund(at, 1)
        self._deliver(at, None)
        self._dispute(at, None)
        self._settle(at, outcome)

    def _replace(self, at, _):
        self.project.replace(self._at(at), by=self.coordinator, why="Somebody else.", now=clock.now())

    def _drop(self, at, _):
        self.project.drop_role(self._at(at), by=self.coordinator, why="Not needed.", now=clock.now())

    def _hand_over(self, to, _):
        self.project.hand_over(list(self.leads)[to], why="You know it.", by=self._who_hands_over(), now=clock.now())

    def _who_hands_over(self):
        return self.client if self.project.unled_at else self.coordinator

    def _lead_on(self, does, _):
        asked = self.project.open_handover()
        if asked is None:
            raise NothingThere
        successor = self.leads[asked.to_id]
        if does == "take on":
            self.project.take_on(by=successor, now=clock.now())
        elif does == "decline":
            self.project.decline_to_lead(by=successor, why="Not now.", now=clock.now())
        else:
            self.project.ask_no_more(by=self._who_hands_over(), now=clock.now())

    def _pass_on(self, to, _):
        self._hand_over(to, None)
        self._lead_on("take on", None)

    def _rest(self, *_):
        day = (clock.now() + timedelta(days=9)).date()
        self.project.pause(by=self.client, why="A rest.", resume_on=day, now=clock.now())

    def _resume(self, *_):
        self.project.resume(by=self.client, now=clock.now())

    def _give_up(self, *_):
        self.project.give_up(by=self.coordinator, why="No.", now=clock.now())

    def _end(self, *_):
        self.project.end(by=self.client, why="No more.", now=clock.now())

    def _finish(self, *_):
        self.project.finish(by=self.client, now=clock.now())

    def _onboard(self, person, _):
        account = accounts.open_account("DE", by=(*self.leads.values(), *self.people)[person], now=clock.now())
        set_stage(self.money.fake.world, self.money.fake.world.account(account.account_id), "complete")

    def _days(self, days, _):
        self.money.days_pass(days)
        jobs.tick()
        agreement_jobs.tick()
        db.session.commit()
        run_jobs()
