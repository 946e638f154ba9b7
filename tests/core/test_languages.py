"""Each language's numbers, money, days and plurals; and which language is spoken."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.agreements.states import AGREEMENT
from app.applications.states import APPLICATION
from app.core import wording
from app.core.bidi import without_isolates
from app.core.languages import LANGUAGES, direction, language, lazy_gettext, speak, speaking
from app.gigs.states import GIG

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ["€1,250.50", "€40–60", "1,204"]),
        ("de", ["1.250,50 €", "40–60 €", "1.204"]),
        ("es", ["1.250,50 €", "40–60 €", "1.204"]),
        ("ar", ["1,250.50 €", "40–60 €", "1,204"]),
    ],
)
def test_money_and_numbers_are_written_as_the_language_writes_them(code: str, words: list[str]):
    with speaking(code):
        said = [wording.money(125050, "EUR"), wording.money_range(4000, 6000, "EUR"), wording.number(1204)]
    assert [one.replace("\u00a0", " ").replace("\u200f", "") for one in said] == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ["1 March", "1 March 2027", "22 Nov", "Sunday 22 November 2026, 12:00", "a, b and c"]),
        ("de", ["1. März", "1. März 2027", "22. Nov.", "Sonntag, 22. November 2026, 12:00", "a, b und c"]),
        ("es", ["1 de marzo", "1 de marzo de 2027", "22 nov", "domingo, 22 de noviembre de 2026, 12:00", "a, b y c"]),
        ("ar", ["1 مارس", "1 مارس 2027", "22 نوفمبر", "الأحد، 22 نوفمبر 2026, 12:00", "a وb وc"]),
    ],
)
def test_days_are_written_as_the_language_writes_them(code: str, words: list[str]):
    today = date(2026, 11, 22)
    with speaking(code):
        days = [
            wording.day(date(2026, 3, 1), today),
            wording.day(date(2027, 3, 1), today),
            wording.short_day(today, today),
        ]
        assert [*days, wording.moment(NOW), without_isolates(wording.listed("abc"))] == words


def test_a_state_is_said_of_what_it_is_the_state_of():
    with speaking("es"):
        # The gig (el encargo), the application (la candidatura), the agreement (el acuerdo).
        assert [str(GIG.labels["closed"]), str(APPLICATION.labels["closed"])] == ["Cerrado", "Cerrada"]
        assert [str(AGREEMENT.labels["accepted"]), str(APPLICATION.labels["accepted"])] == ["Aceptado", "Aceptada"]


def test_how_long_ago_is_said_in_the_language():
    with speaking("de"):
        assert wording.ago(NOW - timedelta(days=3), NOW) == "vor 3 Tagen"
    with speaking("es"):
        assert wording.ago(NOW - timedelta(hours=3), NOW) == "hace 3 h"
    with speaking("ar"):
        assert wording.ago(NOW + timedelta(days=2), NOW) == "خلال يومين"


def test_a_language_is_spoken_until_its_block_ends():
    assert language() == "en"
    with speaking("ar"):
        assert (language(), direction()) == ("ar", "rtl")
        with speaking("de"):
            assert (language(), direction()) == ("de", "ltr")
        assert language() == "ar"
    assert language() == "en"


def test_a_language_that_nobody_speaks_here_is_english():
    with speaking("de"):
        speak("tlh")
        assert language() == "en"


def test_every_language_is_called_by_its_own_name():
    assert LANGUAGES["ar"] == "العربية"
    assert LANGUAGES["de"] == "Deutsch"


def test_a_text_for_later_is_escaped_like_any_other():
    assert lazy_gettext("you <can't>").__html__() == "you &lt;can&#39;t&gt;"
