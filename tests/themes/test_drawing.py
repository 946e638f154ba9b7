"""Drawings come from names alone: always the same, always small, never with a style or an id in them."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes.drawing import crest, emblem, favicon, pattern
from themes.drawing.emblem import mark_for
from themes.drawing.marks import MARKS
from themes.tokens import PATTERNS

NAMES = ["Letterform", "Hillside", "Northwind", "Zürich Makers", "東京デザイン", "محمد", "🌱", "", "<b>&\"'", "Wharf 9"]
HALLS = [f"Hall {number}" for number in range(120)]


def drawings(name: str) -> list[str]:
    return [crest(name), crest(name, "#0b6bcb"), emblem(name), *(pattern(name, kind) for kind in PATTERNS)]


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_well_formed_and_needs_no_inline_style_script_or_id(name):
    for drawing in [*drawings(name), favicon(name, "#a8322a")]:
        elements = list(ElementTree.fromstring(drawing).iter())
        tags = {element.tag.rpartition("}")[2] for element in elements}
        attributes = {attribute for element in elements for attribute in element.attrib}
        assert tags <= {"svg", "g", "path", "circle", "ellipse", "text"}
        assert attributes.isdisjoint({"style", "id", "href", "clip-path", "mask"})
        assert not any(attribute.startswith("on") for attribute in attributes)


@given(st.text())
@settings(deadline=None, derandomize=True, max_examples=60)
def test_any_name_can_be_drawn(name):
    for drawing in (crest(name), emblem(name), pattern(name)):
        assert "nan" not in drawing
        assert "inf" not in drawing


@pytest.mark.parametrize("name", NAMES[:4])
def test_colours_come_from_the_page(name):
    for drawing in (crest(name), emblem(name), *(pattern(name, kind) for kind in PATTERNS)):
        assert not re.search(r"#[0-9a-f]{3}", drawing)
        painted = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing))
        assert painted <= {"none", "currentColor", "var(--brand)", "var(--brand-deep)", "var(--metal)"}


def test_a_crest_for_another_halls_page_carries_its_own_colours():
    drawing = crest("Letterform", "#0b6bcb")
    assert "#0b6bcb" in drawing
    assert "var(--brand" not in drawing


def test_a_drawing_is_the_same_every_time():
    assert crest("Letterform") == crest.__wrapped__(" letterform ".strip().title())
    assert pattern("Letterform", "waves") == pattern.__wrapped__("LETTERFORM", "waves")


def test_two_halls_rarely_share_a_crest():
    without_initial = [re.sub(r"<text.*?</text>", "", crest.__wrapped__(name)) for name in HALLS]
    assert len(set(without_initial)) > 95


@pytest.mark.parametrize("kind", PATTERNS)
def test_a_pattern_stays_under_six_kilobytes(kind):
    sizes = [len(pattern.__wrapped__(name, kind)) for name in HALLS]
    assert max(sizes) <= 6 * 1024
    assert min(sizes) > 900


@pytest.mark.parametrize("kind", PATTERNS)
def test_two_halls_with_the_same_preset_have_different_patterns(kind):
    assert len({pattern.__wrapped__(name, kind) for name in HALLS}) > 112


def test_a_crest_and_an_emblem_are_small():
    assert max(len(crest.__wrapped__(name)) for name in HALLS) < 3800
    assert max(len(emblem(key)) for key in MARKS) < 1500


def test_a_favicon_is_a_document_of_its_own():
    drawing = favicon("Letterform", "#a8322a")
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "var(" not in drawing


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("lettering", "lettering"),
        ("Logo design", "branding"),
        ("Repairs around the house", "home"),
        ("Dog walking", "pets"),
        ("Supper clubs", "cooking"),
        ("Card games", "games"),
        ("Cars and vans", "transport"),
        ("Care at home", "nursing"),
        ("Career advice", "steps"),
        ("Qwertz", None),
        ("", None),
    ],
)
def test_a_category_finds_its_mark_by_a_word_of_its_name(name, mark):
    assert mark_for(name) == mark


def test_a_field_nobody_foresaw_gets_an_emblem_of_its_own():
    made_up = {emblem(f"Qw{number}") for number in range(40)}
    assert len(made_up) > 30
