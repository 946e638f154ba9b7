"""What scripts say is said in the language of the page."""

import json
import re

import pytest

from app.core.languages import LANGUAGES, speaking
from app.core.script_words import script_words


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_page_in_another_language_carries_what_its_scripts_say(code):
    with speaking(code):
        said = json.loads(script_words())
    assert len(said) >= 14
    for text, words in said.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", words)), text


def test_an_english_page_carries_nothing(hall, client):
    assert script_words() == ""
    assert "data-words" not in client.get("/").text
