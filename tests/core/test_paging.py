"""Pages by cursor: every row once, in order, forwards and backwards, whatever comes in the URL."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Date, DateTime, Text, Uuid, bindparam, column, select, values

from app.core.paging import Cursor, Keyset, Page

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
# Pairs share their moment: the id decides between them.
ROWS = [(number, NOON + timedelta(minutes=number // 2), f"gig {number}") for number in range(25)]
gigs = values(column("id", BigInteger), column("at", DateTime(timezone=True)), column("title", Text), name="gigs").data(
    ROWS
)
newest = Keyset(select(gigs), by=("at", "id"), descending=True, size=4)
oldest = Keyset(select(gigs).where(gigs.c.id < bindparam("below")), by=("at", "id"), size=4)


def walk(keyset: Keyset, side: str, start: str | None = None, **parameters: Any) -> list[Page[Any]]:
    pages = [keyset.page(start, **parameters)]
    while cursor := getattr(pages[-1], side):
        pages.append(keyset.page(cursor, **parameters))
    return pages


def ids(pages: list[Page[Any]]) -> list[int]:
    return [row.id for page in pages for row in page]


@pytest.mark.parametrize(
    ("keyset", "parameters", "expected"),
    [
        (newest, {}, list(range(24, -1, -1))),
        (oldest, {"below": 10}, list(range(10))),
        (oldest, {"below": 8}, list(range(8))),
    ],
)
def test_every_row_is_met_once_in_both_directions(
    app: Flask, keyset: Keyset, parameters: dict[str, Any], expected: list[int]
):
    forwards = walk(keyset, "next", **parameters)
    assert ids(forwards) == expected
    last = forwards[-2].next
    backwards = walk(keyset, "previous", last, **parameters)
    assert [ids([page]) for page in reversed(backwards)] == [ids([page]) for page in forwards]
    assert forwards[0].previous is None
    assert backwards[-1].previous is None
    assert backwards[-1].next


def test_an_empty_list_is_one_empty_page(app: Flask):
    page = oldest.page(None, below=0)
    assert (len(page), page.next, page.previous) == (0, None, None)


def test_a_cursor_that_ran_off_the_list_gives_the_first_page(app: Flask):
    beyond = str(Cursor("after", (NOON + timedelta(days=1), 99)))
    assert ids([oldest.page(beyond, below=10)]) == [0, 1, 2, 3]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.hex()))
def test_a_broken_cursor_gives_the_first_page(app: Flask, broken: str):
    assert ids([newest.page(broken)]) == [24, 23, 22, 21]


def test_a_cursor_of_another_list_gives_the_first_page(app: Flask):
    for key in [(1,), (NOON, "x"), (uuid4(), 1), (NOON, 2**70), (datetime(2026, 1, 1), 1)]:  # noqa: DTZ001
        other = Cursor("after", key)
        packed = str(other) if key[0] != datetime(2026, 1, 1) else _naive()  # noqa: DTZ001
        assert ids([newest.page(packed)])[0] == 24


def _naive() -> str:
    return str(Cursor("after", ("2026-01-01T00:00:00", 1)))


@given(
    st.sampled_from(["after", "before"]),
    st.tuples(
        st.datetimes(timezones=st.just(UTC)),
        st.dates(),
        st.uuids(),
        st.integers(-(2**63) + 1, 2**63 - 1),
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40),
    ),
)
def test_a_cursor_is_read_as_it_was_written(side: Any, key: tuple[datetime, date, UUID, int, str]):
    cursor = Cursor(side, key)
    text = str(cursor)
    assert text.isascii()
    read = Cursor.read(text, [datetime, date, UUID, int, str])
    assert read == cursor or len(text) > 400


@pytest.mark.parametrize("kind", [Uuid(), Date(), Text(), BigInteger(), DateTime(timezone=True)])
def test_the_kinds_of_keys_are_known(kind: Any):
    assert kind.python_type in (UUID, date, str, int, datetime)
