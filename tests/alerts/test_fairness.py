"""A letter is fair: the best first, then something fresh and something that few have seen; nothing twice, nothing lost."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.alerts.fairness import NAMED, SHOWN, Candidate, fairly

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


def _gig(number: int, fit: float, day: int) -> Candidate:
    return Candidate(UUID(int=number), fit, BEGAN + timedelta(days=day))


def test_something_fresh_and_something_rare_stand_beside_what_fits_best():
    best = [_gig(number, 1 - number / 100, 0) for number in range(10)]
    fresh, rare = _gig(20, 0.1, 9), _gig(21, 0.2, 1)
    seen = {one.gig_id: 50 for one in [*best, fresh]}
    chosen = fairly([*best, fresh, rare], seen)
    assert [because for _, because in chosen[:SHOWN]] == ["fit"] * 6 + ["fresh", "rare"]
    assert [gig_id for gig_id, _ in chosen[6:8]] == [fresh.gig_id, rare.gig_id]


@given(st.lists(st.tuples(st.floats(0, 2), st.integers(0, 40), st.integers(0, 99)), max_size=130))
def test_nothing_stands_twice_and_nothing_is_left_out_before_the_letter_is_full(waiting):
    gigs = [_gig(number, fit, day) for number, (fit, day, _) in enumerate(waiting)]
    chosen = [
        gig_id
        for gig_id, _ in fairly(gigs, {gig.gig_id: seen for gig, (_, _, seen) in zip(gigs, waiting, strict=True)})
    ]
    assert len(chosen) == len(set(chosen)) == min(len(gigs), NAMED)
