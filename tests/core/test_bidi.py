"""What people wrote inside our sentences keeps its own direction, and leaves ours alone."""

import pytest
from markupsafe import Markup

from app.core import wording
from app.core.bidi import FSI, PDI
from app.core.forms.cleaning import clean_line
from app.core.languages import _shown, gettext, own, speaking
from app.notifications.letters import sentence

SIGN = "Redraw a sign, soon!"
ARABIC = "لافتة المخبز"


def apart(words: str) -> str:
    return f"{FSI}{words}{PDI}"


@pytest.mark.parametrize(
    ("language", "words", "stands"),
    [
        ("ar", SIGN, apart(SIGN)),
        ("ar", Markup("<em>A sign</em>"), apart("<em>A sign</em>")),
        ("ar", ARABIC, ARABIC),
        ("ar", "1,250 £", "1,250 £"),
        ("ar", "https://example.org/a", "https://example.org/a"),
        ("ar", "/gigs/7", "/gigs/7"),
        ("ar", 7, 7),
        ("en", SIGN, SIGN),
        ("de", "Größe", "Größe"),
        ("en", ARABIC, apart(ARABIC)),
    ],
)
def test_words_that_run_against_a_sentence_are_set_apart_in_it(language, words, stands):
    with speaking(language):
        assert own(words) == stands
        assert type(own(words)) is type(words)


def test_whatever_is_put_into_a_text_is_set_apart_in_python_and_in_templates():
    with speaking("ar"):
        text = gettext("About “%(title)s”", title=SIGN)
        assert apart(SIGN) in text
        assert _shown("About “%(title)s”", title="<b>") == gettext("About “%(title)s”", title="&lt;b&gt;")
        assert apart("Orla") in wording.listed(["Orla", "نور"])
        assert sentence(ARABIC, "Orla") == f"{apart('Orla')} {ARABIC}"


def test_what_is_copied_from_a_page_brings_no_marks_along():
    assert clean_line(apart(SIGN)).text == SIGN
    assert clean_line(apart(SIGN)).complaint == ""
