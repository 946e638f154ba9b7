"""Forms: any answer gets a value or words to mend it."""

import io
from uuid import UUID

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict

from app.core.forms import (
    Choice,
    Date,
    Form,
    Option,
    Paragraphs,
    Text,
)
from tests.core.every_field import DESIGN, NAMES, Everything, filled


def test_a_text_without_a_longest_length_is_refused_where_it_is_declared():
    with pytest.raises(TypeError, match="needs a max length"):
        Text("Title")
    with pytest.raises(TypeError, match="needs a max length"):
        Paragraphs("Story", required=True)


@given(st.sampled_from(NAMES), st.text(st.characters(exclude_categories=())))
def test_no_text_in_any_field_breaks_a_form(name: str, text: str):
    form = filled(**{name: text})
    shown = form[name]()
    # What is shown again can be sent and stored: no null bytes, no lone surrogates.
    assert "\x00" not in shown
    assert shown.encode()
    assert all(problem.message for problem in form.problems)


@given(st.sampled_from(NAMES))
def test_a_file_in_place_of_words_is_explained(name: str):
    form = filled(**{name: FileStorage(io.BytesIO(b"x"), "évil\x00../\u202egnp.exe")})
    assert form[name].errors or name in ("picture", "papers", "category", "currency", "languages")


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_what_is_kept_can_be_sent_again_and_is_then_taken(typed: str):
    kept = filled(story=typed).story.kept
    again = filled(story=kept).story
    assert again.errors == []
    assert again.data in (kept, "")


def test_an_answer_left_out_is_missing_even_when_the_form_had_a_value_before():
    form = Everything(MultiDict(), data={"title": "Before"})
    assert not form.validate()
    assert form.title.errors == ["Please fill this in."]
    assert form.title._value() == ""


def test_words_are_stripped_normalised_and_spaced_once():
    form = filled(title="  Cafe\u0301 \u00a0 logo ", story=" one\r\ntwo\rthree\ttab ")
    assert form.title.data == "Café logo"
    assert form.story.data == "one\ntwo\nthree\ttab"


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("Lo\x00go", "Logo", "a null byte"),
        ("Lo\x07go", "Logo", "a control character (U+0007)"),
        ("Logo\nround", "Logo round", "a line break"),
        ("Lo\u202ego", "Logo", "a mark that changes the direction of writing (U+202E)"),
        ("Lo\u2066go", "Logo", "a mark that changes the direction of writing (U+2066)"),
        ("Lo\ud800go", "Logo", "half a character (U+D800)"),
        ("Lo\uffffgo", "Logo", "a character that does not exist (U+FFFF)"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_the_rest_is_kept(typed: str, kept: str, told: str):
    form = filled(title=typed)
    assert told in form.title.problem
    assert form.title.kept == kept
    assert f'value="{kept}"' in form.title()


def test_right_to_left_words_are_welcome():
    assert filled(title="עיצוב לוגו\u200f").title.problem == ""


def test_two_halves_of_one_character_are_joined():
    assert filled(title="Logo \ud83d\ude00").title.data == "Logo 😀"


def test_invisible_characters_alone_are_no_answer():
    assert filled(title="\u200b\u200d \u2060").title.problem == "Please fill this in."


def test_too_long_is_told_in_words_and_ten_megabytes_are_not_echoed():
    form = filled(title="x" * 10_485_760)
    assert form.title.problem == ("This is 10,485,760 characters; at most 120 fit. The first 50,000 are kept here.")
    assert len(form.title._value()) == 50_000
    assert filled(title="x" * 121).title.problem == "This is 121 characters; at most 120 fit."
    assert filled(title="xy").title.problem == "This is 2 characters; at least 3 are needed."


def test_a_secret_keeps_its_spaces_and_is_never_shown_again():
    form = filled(password=" correct horse ")
    assert form.password.data == " correct horse "
    assert "horse" not in form.password()


def test_a_choice_gives_the_value_itself():
    form = filled(category=str(DESIGN), languages=["de", "de"], remote=["0", "y"])
    assert form.category.data == DESIGN
    assert isinstance(form.category.data, UUID)
    assert form.languages.data == ["de"]
    assert form.remote.data is True
    assert [option.checked for option in form.category] == [True, False]


def test_a_choice_outside_the_list_is_refused_and_named():
    form = filled(category="chaos", languages=["en", "xx"], remote="perhaps")
    assert form.category.problem == "“chaos” is not one of the choices here."
    assert form.languages.problem == "“xx” is not one of the choices here."
    assert form.remote.problem == "“perhaps” is neither yes nor no."
    assert [problem.anchor for problem in form.problems] == ["title", "category-0", "languages-0", "remote"]


def test_choices_can_be_set_after_the_form_is_made_and_grouped():
    form = Everything(MultiDict({"currency": "EUR"}))
    form.currency.options = [Option("USD", "Dollar", group="America"), Option("EUR", "Euro", group="Europe")]
    form.validate()
    assert form.currency.data == "EUR"
    assert '<optgroup label="Europe"><option selected value="EUR">' in form.currency()


def test_a_function_that_gives_the_choices_is_asked_once():
    asked: list[int] = []

    class Picking(Form):
        category = Choice("Category", options=lambda: asked.append(1) or [(DESIGN, "Design")])

    form = Picking(MultiDict({"category": str(DESIGN)}))
    assert form.validate()
    assert form.category.data == DESIGN
    assert "Design" in form.category()
    assert asked == [1]


def test_too_many_choices_are_counted():
    assert filled(languages=["en", "de"]).languages.problem == "2 are chosen; at most 1."


def test_files_are_checked_for_size_and_ending():
    def upload(name: str, content: bytes) -> FileStorage:
        return FileStorage(io.BytesIO(content), name)

    form = filled(picture=upload("C:\\pictures\\me.PNG", b"png"))
    assert form.picture.errors == []
    assert form.picture.data.read() == b"png"
    assert filled(picture=upload("me.svg", b"x")).picture.problem == "“me.svg” is not one of these kinds: png, jpg."
    assert filled(picture=upload("me.png", b"")).picture.problem == "“me.png” is empty."
    assert filled(picture=upload("me.png", b"x" * 2000)).picture.problem == "“me.png” is 2 KB; at most 1 KB."
    assert filled(picture="me.png").picture.problem == "This takes a file; words were sent."
    three = [upload(f"{number}.txt", b"x") for number in range(3)]
    assert filled(papers=three).papers.problem == "These are 3 files; at most 2 at once."
    assert len(filled(papers=three[:2]).papers.data) == 2


class Span(Form):
    first = Date("First day", required="When does it begin?")
    last = Date("Last day")

    def check(self) -> None:
        if self.last.data and self.last.data < self.first.data:
            self.refuse("last", "This is before the first day.")


def test_answers_are_compared_once_each_is_fine():
    form = Span(MultiDict({"first": "2026-05-02", "last": "2026-05-01"}))
    assert not form.validate()
    assert [(p.anchor, p.label, p.message) for p in form.problems] == [
        ("last", "Last day", "This is before the first day.")
    ]
    assert Span(MultiDict({"last": "2026-05-01"})).validate() is False


def test_a_refusal_of_the_model_stands_on_its_field_or_on_the_form():
    form = Span(MultiDict({"first": "2026-05-02"}))
    assert form.validate()
    form.refuse("first", "Somebody else took that day.")
    form.refuse(None, "The gig has closed.")
    assert [p.message for p in form.problems] == ["The gig has closed.", "Somebody else took that day."]
    assert form.errors


def test_a_request_is_read_from_its_form_and_files_and_never_from_json():
    app = Flask(__name__)
    with app.test_request_context("/", method="POST", json={"title": {"$gt": 1}}):
        assert request.is_json
        form = Everything()
        assert not form.validate_on_submit()
        assert form.title.problem == "Please fill this in."
    with app.test_request_context("/", method="POST", data={"title": "Logo", "picture": (io.BytesIO(b"x"), "a.png")}):
        form = Everything()
        assert form.validate_on_submit()
        assert form.picture.data.filename == "a.png"
    with app.test_request_context("/?title=Logo"):
        assert not Everything().validate_on_submit()
        assert Everything(request.args).title.data == "Logo"
