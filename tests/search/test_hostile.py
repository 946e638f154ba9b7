"""Whatever is typed into a search field, a page comes back, and soon."""

from time import perf_counter
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.search.matching import answer
from app.search.question import LONGEST, MOST_TERMS, Question
from tests.factories import a_member, a_published_gig

SOON = 0.3


@pytest.fixture
def gig(hall):
    return a_published_gig(by=a_member(), title="Redraw a sign", skills_needed=["C++", "Gold leaf"])


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 500_000,
        "word " * 100_000,
        "-" * 500_000,
        '"' * 60_000,
        "& | ! ( ) <-> :* 'x'",
        "!!!((( sign | )))",
        "sign:A & !'gold' <1> \\",
        "\0\0sign\0",
        "(a+)+$" * 1_000,
        "%' OR 1=1; --",
        "١٢٣ \u202e \u0000 \ufdfa" * 50,
        "\U0001f58c\ufe0f" * 400,
        "-sign -gold",
        '"unfinished phrase',
        "--sign",
        "the of and",
        "ß ŉ ﬁ İ",
        "".join(chr(point) for point in range(1, 600)),
    ],
)
@pytest.mark.parametrize("path", ["/gigs", "/people", "/search"])
def test_any_question_is_answered_soon(gig, client, path, typed):
    address = f"{path}?{urlencode({'q': typed})}"
    # The machine may be busy with something else; not three times.
    assert min(_seconds(client, address) for _ in range(3)) < SOON


def _seconds(client, address):
    began = perf_counter()
    assert client.get(address).status_code == 200
    return perf_counter() - began


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=200))
def test_any_text_is_a_question(gig, typed):
    question = Question.read(typed)
    assert len(question.text) <= LONGEST
    assert max(len(question.wanted), len(question.unwanted)) <= MOST_TERMS
    assert Question.read(question.text) == question
    answer(question, "gig", for_visitors=True)
