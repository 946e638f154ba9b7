"""What happens to everybody: webhooks come or do not, the worker works, time passes, Stripe fails, our process dies."""

import random

from tests.billing.histories.life import Life
from tests.billing.histories.telling import happens
from tests.stripe.faults import KINDS


@happens(8)
def webhooks_arrive(life: Life, chance: random.Random) -> None:
    life.arrives(chance.choice(("in order", "in order", "shuffled", "twice", "never")), chance)


@happens(8)
def the_worker_works(life: Life, chance: random.Random) -> None:
    life.works()


@happens(4)
def time_passes(life: Life, chance: random.Random) -> None:
    life.passes(chance.choice((0.01, 1.5, 4, 9, 32)))


@happens(4)
def something_fails(life: Life, chance: random.Random) -> None:
    # As often as the library tries by itself: what it makes up for is as if it had not happened.
    life.money.fake.faults.plan(chance.choice(KINDS), times=chance.choice((1, 3)))


@happens(5)
def our_process_will_die(life: Life, chance: random.Random) -> None:
    life.left = chance.randint(1, 12)


@happens(1)
def a_night_comes(life: Life, chance: random.Random) -> None:
    life.sleeps()
