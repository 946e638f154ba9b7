"""A gig with two milestones: paid in, worked on, accepted, shared, given back, disputed, in the midst of everything else."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from app.core import clock
from app.core.database import db
from app.payments import accounts, funding, sharing
from app.payments.jobs import tick
from app.payments.models import Payment
from app.payments.parts import latest
from tests.billing.histories.life import Life
from tests.billing.histories.plans import of_plans
from tests.billing.histories.telling import at_last, happens, holds
from tests.payments.test_any_sequence import _books_say_what_stripe_says, _nothing_twice_and_nothing_lost
from tests.stripe import checkout
from tests.stripe.accounts import set_stage
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.problems import Declined, Problem
from tests.stripe.returning import create as refund
from tests.stripe.routing import Call
from tests.stripe.world import PLATFORM, Thing

_CARDS = (
    "pm_card_visa",
    "pm_card_visa",
    "pm_card_chargeDeclined",
    "pm_card_authenticationRequired",
    "pm_card_createDispute",
)
_AMOUNTS = (1, 999, 12_345, 40_000)


def _paid(life: Life, chance: random.Random) -> Payment | None:
    found = latest(life.job.part(chance.randint(0, 1)))
    return found if found is not None and found.charge_id else None


@happens(6)
def a_client_goes_to_pay(life: Life, chance: random.Random) -> None:
    at = chance.randint(0, 1)
    _goes_to_pay(life, chance, lambda: funding.fund(life.job.part(at), by=life.job.client, now=clock.now()))


@happens(1)
def a_client_tips(life: Life, chance: random.Random) -> None:
    amount = chance.choice(_AMOUNTS)
    _goes_to_pay(life, chance, lambda: funding.tip(life.job.agreement, amount, by=life.job.client, now=clock.now()))


def _goes_to_pay(life: Life, chance: random.Random, ask: Callable[[], str]) -> None:
    url = life.tries(ask)
    if url:
        life.gig_pages.append(url.rpartition("/")[2])
        if chance.random() < 0.7:
            a_client_pays(life, chance)


@happens(2)
def a_client_pays(life: Life, chance: random.Random) -> None:
    if life.gig_pages:
        with suppress(Declined, Problem, checkout.NeedsOwner):
            session = life.world.of(PLATFORM, "checkout.session", chance.choice(life.gig_pages))
            card, answer = chance.choice(_CARDS), chance.random() < 0.7
            checkout.pay(life.world, PLATFORM, session, card, email="client@example.org", approved=answer)


@happens(5)
def work_is_handed_over_and_accepted(life: Life, chance: random.Random) -> None:
    def deliver() -> None:
        life.job.agreement.deliver(by=life.job.worker, note="Here it is.", now=clock.now())

    def accept() -> None:
        waiting = life.job.agreement.waiting_delivery()
        if waiting is not None:
            life.job.agreement.accept(by=life.job.client, seen=waiting.id, now=clock.now())

    for deed in (deliver, accept)[: chance.choice((1, 2, 2))]:
        life.tries(deed)


@happens(1)
def an_agreement_is_cancelled(life: Life, chance: random.Random) -> None:
    if chance.random() < 0.5:
        by = chance.choice((life.job.client, life.job.worker))
        life.tries(lambda: life.job.agreement.cancel(by=by, why="It ends here.", now=clock.now()))


@happens(2)
def two_share_what_is_held(life: Life, chance: random.Random) -> None:
    at, amount = chance.randint(0, 1), chance.choice(_AMOUNTS)

    def share() -> None:
        part = life.job.part(at)
        sharing.offer_part(part, amount, by=life.job.client, now=clock.now())
        sharing.agree_to_part(part, amount, by=life.job.worker, now=clock.now())

    life.tries(share)


@happens(2)
def a_worker_hands_back(life: Life, chance: random.Random) -> None:
    if (payment := _paid(life, chance)) is not None:
        amount, by = chance.choice(_AMOUNTS), life.job.worker
        life.tries(lambda: sharing.hand_back(payment, life.job.agreement, amount, by=by, now=clock.now()))


@happens(2)
def a_worker_opens_an_account(life: Life, chance: random.Random) -> None:
    stage = chance.choice(("complete", "complete", "papers", "rejected"))
    _onboards(life, life.job.worker if chance.random() < 0.7 else life.category_leader, stage)


@happens(1)
def what_people_earned_is_spent(life: Life, chance: random.Random) -> None:
    """Nothing can be fetched back from an account then; in the end there is something again, or not."""
    is_empty = chance.random() < 0.6
    for account in life.world.all(PLATFORM, "account", type="express"):
        account["_empty"] = is_empty


@happens(1)
def somebody_refunds_at_stripe(life: Life, chance: random.Random) -> None:
    if (payment := _paid(life, chance)) is not None:
        with suppress(Problem):
            given = {"charge": payment.charge_id, "amount": chance.choice(_AMOUNTS)}
            refund(Call(life.world, PLATFORM, "/v1/refunds", given))


@happens(1)
def a_client_disputes(life: Life, chance: random.Random) -> None:
    payment = _paid(life, chance)
    if payment is not None:
        charge = life.world.of(PLATFORM, "charge", payment.charge_id)
        if not charge["amount_refunded"] and not charge["disputed"]:
            open_dispute(life.world, PLATFORM, charge)


@happens(1)
def a_bank_decides(life: Life, chance: random.Random) -> None:
    for dispute in life.world.all(PLATFORM, "dispute"):
        with suppress(Problem):
            end_dispute(life.world, PLATFORM, dispute, won=chance.random() < 0.5)


@happens(1)
def held_payments_are_looked_through(life: Life, chance: random.Random) -> None:
    life.tries(lambda: tick())


def _onboards(life: Life, member: Any, stage: str) -> None:
    account = life.tries(lambda: accounts.open_account("DE", by=member, now=clock.now()).account_id)
    if account:
        set_stage(life.world, life.world.account(account), stage)


@at_last
def everybody_has_an_account_and_no_bank_is_left_to_decide(life: Life) -> None:
    a_bank_decides(life, random.Random(1))
    for member in (life.job.worker, life.category_leader):
        _onboards(life, member, "complete")


@holds
def held_money_is_where_it_belongs(life: Life) -> None:
    life.tries(tick)
    life.works()
    life.arrives("in order", random.Random(1))
    life.works()
    db.session.expire_all()
    gigs = _Gigs(life)
    _nothing_twice_and_nothing_lost(gigs)
    _books_say_what_stripe_says(gigs)


class _Gigs:
    """A history as the books of gigs see it: the platform's balance without what plans cost, and what is kept of sales."""

    def __init__(self, life: Life) -> None:
        self.world, self.job, self._world = self, life.job, life.world
        self._of_plans = {one["id"] for one in of_plans(life)}

    def all(self, account: str, kind: str, **equal: Any) -> list[Thing]:
        return [one for one in self._world.all(account, kind, **equal) if self._is_of_a_gig(one)]

    def balance(self, account: str, currency: str, *, available: bool) -> int:
        moved = self._world.all(account, "balance_transaction", currency=currency)
        sources = self._world.accounts[PLATFORM]
        return sum(one["net"] for one in moved if self._is_of_a_gig(sources[one["source"]]))

    def _is_of_a_gig(self, thing: Thing) -> bool:
        is_kept = thing["object"] == "application_fee"
        return not is_kept and thing.get("charge", thing["id"]) not in self._of_plans
