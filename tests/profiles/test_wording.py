"""What a profile says in few words."""

from datetime import date

import pytest

from app.profiles.wording import finished

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("count", "since", "said"),
    [
        (0, date(2026, 11, 21), "new to the hall"),
        (0, date(2026, 9, 22), "new to the hall"),
        (0, date(2026, 9, 21), "here since Sep 2026"),
        (0, date(2024, 3, 1), "here since Mar 2024"),
        (1, date(2026, 11, 20), "1 gig finished here"),
        (1204, date(2020, 1, 1), "1,204 gigs finished here"),
    ],
)
def test_only_newcomers_are_called_new(count, since, said):
    assert finished(count, since, TODAY) == said
