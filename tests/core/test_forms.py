"""Forms: any answer gets a value or words to mend it."""

import io
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict

from app.core.forms import (
    Choice,
    Choices,
    Date,
    EmailAddress,
    File,
    Files,
    Form,
    Hidden,
    Hours,
    Money,
    Option,
    Paragraphs,
    Place,
    Secret,
    Switch,
    TagList,
    Text,
    WebLink,
    WholeNumber,
)

DESIGN, CODE = uuid4(), uuid4()


class Everything(Form):
    title = Text("Title", max=120, min=3, required=True)
    story = Paragraphs("Story", max=4000)
    token = Hidden("Token", max=40)
    password = Secret("Password", max=100)
    email = EmailAddress("E-mail")
    website = WebLink("Website")
    place = Place("Place")
    skills = TagList("Skills", most=5, each=20)
    seats = WholeNumber("Seats", least=1, most=50)
    currency = Choice("Currency", options=[("EUR", "Euro"), ("JPY", "Yen"), ("KWD", "Dinar")])
    pay = Money("Pay", currency=lambda form: form.currency.data)
    effort = Hours("Effort")
    due = Date("Due", earliest=date(2026, 1, 1), latest=lambda: date(2030, 12, 31))
    category = Choice("Category", options={DESIGN: "Design", CODE: "Code"}, radios=True)
    languages = Choices("Languages", options=[("en", "English"), ("de", "German")], most=1)
    remote = Switch("Remote")
    picture = File("Picture", biggest=1000, kinds=(".png", ".jpg"))
    papers = Files("Papers", biggest=1000, most=2)


NAMES = [name for name in dir(Everything) if hasattr(getattr(Everything, name), "field_class")]


def filled(**answers: Any) -> Everything:
    """Return the form as sent with these answers and nothing else."""
    sent: MultiDict[str, Any] = MultiDict()
    for name, answer in answers.items():
        sent.setlist(name, answer if isinstance(answer, list) else [answer])
    form = Everything(sent)
    form.validate()
    return form


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


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1250", 125000),
        ("1,250.00", 125000),
        ("1.250,00", 125000),
        ("1 250,5", 125050),
        ("1’250.50", 125050),
        ("1,250", 125000),
        ("1.250", 125000),
        ("12,50", 1250),
        ("12.5", 1250),
        (".5", 50),
        ("0.50", 50),
        ("1.250.000", 125000000),
        ("€ 1,250", 125000),
        ("1250 EUR", 125000),
        ("1.250,–", 125000),
        ("1,25,000.00", 12500000),
        ("12.500000", 1250),
    ],
)
def test_money_is_read_in_both_habits_of_writing(typed: str, minor: int):
    form = filled(pay=typed, currency="EUR")
    assert form.pay.errors == []
    assert form.pay.data == minor


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-5", "less than zero"),
        ("$5", "Amounts here are in EUR"),
        ("12.345,678", "too exact"),
        ("0.125", "too exact"),
        ("1.2.3", "not an amount"),
        ("1,250,00", "not an amount"),
        ("about 20", "not an amount"),
        ("²", "not an amount"),
        ("9" * 20, "more than can be paid"),
        ("999999999999", "must be from 0.00 to 100000000.00 EUR"),
    ],
)
def test_money_that_cannot_be_read_is_explained(typed: str, told: str):
    form = filled(pay=typed, currency="EUR")
    assert told in form.pay.problem
    assert form.pay._value() == typed


def test_money_follows_the_currency():
    assert filled(pay="1,250", currency="JPY").pay.data == 1250
    assert "no decimals" in filled(pay="12.5", currency="JPY").pay.problem
    assert filled(pay="1.5", currency="KWD").pay.data == 1500
    assert "two ways" in filled(pay="1.250", currency="KWD").pay.problem
    assert "currency first" in filled(pay="5").pay.problem


@given(st.integers(0, 100_000_000_00), st.sampled_from(["EUR", "JPY"]))
def test_money_shown_is_money_read(minor: int, currency: str):
    shown = Everything(data={"pay": minor, "currency": currency}).pay._value()
    again = filled(pay=shown, currency=currency).pay
    assert again.data == minor or again.problem.startswith("This must be")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1.5", 90),
        ("1,5", 90),
        ("1:30", 90),
        ("90 min", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("2 hours", 120),
        ("0", 0),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, minutes: int):
    form = filled(effort=typed)
    assert form.effort.errors == []
    assert form.effort.data == minutes


@given(st.integers(0, 600_000))
def test_hours_shown_are_hours_read(minutes: int):
    shown = Everything(data={"effort": minutes}).effort._value()
    assert filled(effort=shown).effort.data == minutes


def test_hours_that_cannot_be_read_are_explained():
    assert filled(effort="soon").effort.problem == "“soon” is not a time, such as 1.5, 1:30 or 90 min."
    assert "must be from 0 to 10000 hours" in filled(effort="99999").effort.problem


@pytest.mark.parametrize("typed", ["2026-12-31", "31.12.2026", "31 December 2026", "Dec 31, 2026"])
def test_a_date_is_read_where_it_can_mean_one_day(typed: str):
    assert filled(due=typed).due.data == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("3/4/2026", "write it as 2026-12-31"),
        ("2026-02-30", "There is no such day"),
        ("2025-12-31", "cannot be before 1 January 2026"),
        ("2031-01-01", "cannot be after 31 December 2030"),
        ("0000-00-00", "There is no such day"),
        ("tomorrow", "write it as"),
    ],
)
def test_a_date_that_cannot_be_used_is_explained(typed: str, told: str):
    assert told in filled(due=typed).due.problem


def test_a_whole_number_is_explained():
    assert filled(seats="12").seats.data == 12
    assert filled(seats="3.0").seats.data == 3
    assert filled(seats="three").seats.problem == "“three” is not a whole number, such as 3."
    assert filled(seats="2.5").seats.problem == "“2.5” is not a whole number, such as 3."
    assert filled(seats="0").seats.problem == "This must be from 1 to 50; “0” is not."
    assert filled(seats="9" * 30).seats.problem.startswith("This must be from 1 to 50")


def test_an_address_is_lowered_and_a_wrong_one_explained():
    assert filled(email=" Maya@Example.COM ").email.data == "maya@example.com"
    assert filled(email="m@münchen.de").email.data == "m@xn--mnchen-3ya.de"
    assert "not an e-mail address such as" in filled(email="maya at example").email.problem
    assert "not an e-mail address" in filled(email="Maya <maya@example.com>").email.problem


def test_a_link_is_http_and_nothing_else():
    assert filled(website="example.com/work").website.data == "https://example.com/work"
    assert filled(website="HTTP://example.com:8080/").website.data == "http://example.com:8080/"
    for typed in ("javascript:alert(1)", "data:text/html,x", "ftp://example.com"):
        assert "must begin with https://" in filled(website=typed).website.problem
    for typed in ("http://[::1", "nonsense", "https://a b.com", "https://example.com:99999/", "https://.", "//"):
        assert "not a web address" in filled(website=typed).website.problem
    assert "before an @" in filled(website="https://bank.example@evil.example/").website.problem


def test_tags_are_split_spaced_and_counted_once():
    assert filled(skills="Figma, figma;  icon  design\nLogo,,").skills.data == ["Figma", "icon design", "Logo"]
    assert filled(skills="a,b,c,d,e,f").skills.problem == "These are 6; at most 5 fit."
    assert "at most 20 for each" in filled(skills="x" * 21).skills.problem
    assert filled().skills.data == []
    assert Everything(data={"skills": ["Figma", "Logo"]}).skills._value() == "Figma, Logo"


def test_a_place_has_a_name():
    assert filled(place=" Lisbon ,Portugal,").place.data == "Lisbon, Portugal"
    assert "not the name of a place" in filled(place="12345").place.problem


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
