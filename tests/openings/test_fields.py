"""Every field of work gives a new marketplace a sensible first day."""

import pytest

from app.openings.fields import FIELDS
from app.openings.first_rules import first_rules
from tenants.models import KINDS, WHO_MAY_JOIN, WHO_MAY_POST, WHO_MAY_SEE
from tenants.names import slug_from
from themes.drawing.marks import MARKS
from themes.presets import PRESETS
from themes.theme import theme

fields = pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)


def test_there_is_a_field_for_everybody():
    assert set(FIELDS) >= {"design", "software", "local", "creative", "care", "talent"}


@fields
def test_a_field_suggests_a_look_and_an_access_that_exist(field):
    assert field.kind in KINDS
    assert theme(field.preset, field.brand_colour)
    assert field.access.who_may_see in WHO_MAY_SEE
    assert field.access.who_may_join in WHO_MAY_JOIN
    assert field.access.who_may_post in WHO_MAY_POST


@fields
def test_a_field_starts_with_six_to_nine_distinct_categories(field):
    slugs = {slug_from(category.name) for category in field.categories}
    assert 6 <= len(slugs) == len(field.categories) <= 9


@fields
def test_a_category_has_a_sentence_and_an_emblem_that_we_drew(field):
    for category in field.categories:
        assert category.emblem in MARKS
        assert category.summary.endswith(".")
        assert len(category.summary) <= 80
    emblems = [category.emblem for category in field.categories]
    assert len(set(emblems)) == len(emblems)


@fields
def test_a_charter_is_short(field):
    assert 200 < len(field.charter) < 800


def test_every_preset_is_suggested_by_some_field():
    assert {field.preset for field in FIELDS.values()} == set(PRESETS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_rules_suit_the_kind_of_marketplace(kind):
    guidelines, terms = first_rules(kind)
    assert guidelines.startswith("## ")
    assert terms.startswith("## ")
    assert ("manager" in terms) == (kind == "company")
