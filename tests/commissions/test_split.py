"""A payment is shared out to the last minor unit: nothing is lost, nobody owes, and more paid is never less for anybody."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.commissions.split import FREE, Fee, FrozenTerms, Share, smallest_step, split, together

ADA, TOMASZ, WEN, LENA = (UUID(int=number) for number in range(1, 5))

_AMOUNTS = st.integers(0, 10**12)
_POINTS = st.integers(0, 10_000)


@st.composite
def _fees(draw):
    least = draw(st.integers(0, 10**6))
    most = draw(st.none() | st.integers(least, 10**7))
    return Fee(draw(st.integers(0, 10**6)), draw(_POINTS), least, most)


_TERMS = st.builds(
    FrozenTerms,
    client=_fees(),
    worker=_fees(),
    leader=_fees(),
    leader_ids=st.lists(st.sampled_from([TOMASZ, WEN, LENA]), max_size=3, unique=True).map(tuple),
    coordinator=_fees(),
    coordinator_id=st.sampled_from([None, LENA]),
)
_CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KRW", "KWD", "TND"])


@given(amount=_AMOUNTS, terms=_TERMS, currency=_CURRENCIES)
def test_the_lines_sum_to_what_the_client_pays_and_none_is_nothing_or_less(amount, terms, currency):
    found = split(amount, terms, currency=currency, worker_id=ADA)
    assert sum(line.amount for line in found.lines) == found.client_pays
    assert all(line.amount > 0 for line in found.lines)
    assert min(found.worker_gets, found.hall_keeps, found.leaders_get) >= 0
    assert found.worker_gets + found.leaders_get + found.coordinator_fee + found.hall_keeps == found.client_pays
    assert all((line.party_id is None) == (line.kind == "commission") for line in found.lines)


@given(amount=_AMOUNTS, more=st.integers(0, 10**6), terms=_TERMS, currency=_CURRENCIES)
def test_more_paid_is_never_less_for_anybody(amount, more, terms, currency):
    step = smallest_step(currency)
    less, found = (split(one * step, terms, currency=currency, worker_id=ADA) for one in (amount, amount + more))
    for figure in ("client_pays", "worker_gets", "commission", "leaders_get", "hall_keeps", "coordinator_fee"):
        assert getattr(found, figure) >= getattr(less, figure), figure


@given(amount=_AMOUNTS, terms=_TERMS, currency=_CURRENCIES)
def test_what_can_be_paid_in_whole_steps_is_shared_out_in_whole_steps(amount, terms, currency):
    step = smallest_step(currency)
    assert all(line.amount % step == 0 for line in split(amount * step, terms, currency=currency).lines)


@given(amounts=st.lists(_AMOUNTS, max_size=5), terms=_TERMS, currency=_CURRENCIES)
def test_several_payments_together_are_their_sum(amounts, terms, currency):
    found = [split(amount, terms, currency=currency, worker_id=ADA) for amount in amounts]
    whole = together(found)
    assert whole.client_pays == sum(one.client_pays for one in found) == sum(line.amount for line in whole.lines)
    assert len({(line.kind, line.party_id) for line in whole.lines}) == len(whole.lines)


@given(terms=_TERMS)
def test_frozen_terms_come_back_from_json_as_they_were(terms):
    assert FrozenTerms.from_json(terms.as_json()) == terms


def test_both_sides_a_leader_and_the_hall():
    terms = FrozenTerms(Fee(points=500), Fee(points=500), Fee(points=2500), (TOMASZ,))
    found = split(40_000, terms, currency="EUR", worker_id=ADA)
    assert (found.client_pays, found.worker_gets, found.commission) == (42_000, 38_000, 4_000)
    assert found.lines == (
        Share("work", ADA, 38_000), Share("leader", TOMASZ, 1_000), Share("commission", None, 3_000),
    )  # fmt: skip


def test_a_fraction_of_a_cent_is_not_taken_and_yen_have_no_cents():
    terms = FrozenTerms(worker=Fee(points=333))
    assert split(999, terms, currency="EUR").worker_fee == 33
    assert split(99, terms, currency="JPY").worker_fee == 3


def test_bounds_hold_a_fee_and_it_never_takes_more_than_the_work():
    bounded = FrozenTerms(client=Fee(points=1000, least=100, most=5_000))
    assert [split(one, bounded, currency="EUR").client_fee for one in (0, 500, 20_000, 900_000)] == [
        0,
        100,
        2_000,
        5_000,
    ]
    dear = split(300, FrozenTerms(worker=Fee(fixed=500)), currency="EUR", worker_id=ADA)
    assert (dear.worker_gets, dear.lines) == (0, (Share("commission", None, 300),))


def test_leaders_of_one_category_share_alike_and_the_first_has_what_is_left():
    terms = FrozenTerms(Fee(fixed=100), leader=Fee(points=10_000), leader_ids=(TOMASZ, WEN, LENA))
    lines = split(1_000, terms, currency="EUR", worker_id=ADA).lines
    assert [line.amount for line in lines if line.kind == "leader"] == [34, 33, 33]


def test_shares_of_nobody_stay_with_the_hall():
    found = split(
        1_000, FrozenTerms(Fee(fixed=100), leader=Fee(points=5_000), coordinator=Fee(fixed=70)), currency="EUR"
    )
    assert (found.client_pays, found.hall_keeps) == (1_100, 100)


def test_without_terms_the_worker_gets_what_the_client_pays():
    assert split(1_000, FREE, currency="EUR", worker_id=ADA).lines == (Share("work", ADA, 1_000),)
    assert not FREE


@pytest.mark.parametrize("fee", [{"fixed": -1}, {"points": 10_001}, {"least": 5, "most": 4}, {"least": -1}])
def test_what_is_no_fee_is_refused(fee):
    with pytest.raises(ValueError, match="no fee"):
        Fee(**fee)


def test_less_than_nothing_cannot_be_shared_out():
    with pytest.raises(ValueError, match="shared out"):
        split(-1, FREE, currency="EUR")
