"""The catalogues hold every text of the code, with the placeholders of the code, in each language's own plural forms."""

from babel.messages.pofile import read_po

from app.core.languages import CATALOGUES, LANGUAGES, SOURCE, gettext, ngettext, speaking


def _catalogue(code: str):
    with (CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def test_every_language_but_the_codes_own_has_a_catalogue():
    assert {path.name for path in CATALOGUES.iterdir()} == set(LANGUAGES) - {SOURCE}


def test_each_language_has_its_own_number_of_plural_forms():
    assert {code: _catalogue(code).num_plurals for code in ("de", "es", "ar")} == {"de": 2, "es": 2, "ar": 6}


def test_arabic_counts_in_six_forms():
    with speaking("ar"):
        forms = {ngettext("%(num)s open gig", "%(num)s open gigs", number) for number in (0, 1, 2, 3, 11, 100)}
    assert len(forms) == 6


def test_a_text_without_a_translation_is_shown_in_english():
    with speaking("ar"):
        assert gettext("Said by nobody") == "Said by nobody"


def test_no_translation_breaks_an_attribute_of_html():
    # Texts are markup in templates, and stand in attributes too.
    for code in ("de", "es", "ar"):
        for message in _catalogue(code):
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and "<" not in str(message.id):
                assert not any('"' in string or "<" in string for string in strings), message.id
