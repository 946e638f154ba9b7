"""The style guide shows every component, page and e-mail it has."""

import re
from dataclasses import replace

import pytest

from app.core.config import ROOT, Config
from app.core.database import db
from app.factory import create_app
from app.notifications.events import EVENTS
from app.styleguide.entries import EXAMPLES, GROUPS, entries, sample_pages
from app.styleguide.sample_letters import LETTERS
from themes.presets import PRESETS

COMPONENTS = ROOT / "app" / "templates" / "components"


@pytest.fixture
def guide(browser):
    return browser(host="localhost")


@pytest.mark.parametrize("group", GROUPS)
def test_every_entry_is_shown_with_its_markup(guide, group):
    page = guide.get(f"/styleguide/{group}")
    assert page.status_code == 200
    assert entries(group)
    for entry in entries(group):
        assert f'id="{entry.anchor}"' in page.text
        assert entry.use


@pytest.mark.parametrize("name", sample_pages())
def test_every_page_is_shown_to_members_and_visitors(guide, name):
    assert guide.get(f"/styleguide/pages/{name}").status_code == 200
    assert guide.get(f"/styleguide/pages/{name}?as=visitor").status_code == 200


@pytest.mark.parametrize("preset", PRESETS)
def test_the_guide_wears_every_look(guide, preset):
    page = guide.get(f"/styleguide/forms?preset={preset}")
    sheet = re.search(r'href="(/theme-[^"]+)"', page.text)[1]
    assert preset in sheet
    assert guide.get(sheet).status_code == 200


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_shown_in_both_parts(guide, name):
    assert (LETTERS[name].heading or LETTERS[name].subject) in guide.get(f"/styleguide/letters/{name}?part=text").text
    assert guide.get(f"/styleguide/letters/{name}").status_code == 200


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_every_e_mail_that_members_get_is_shown_in_both_parts(guide, event):
    shown = guide.get(f"/styleguide/letters/told/{event.name}")
    text = guide.get(f"/styleguide/letters/told/{event.name}?part=text").text
    assert shown.status_code == 200
    assert event.action in shown.text
    assert f"{event.action}:\nhttp://designers.localhost:8000/" in text
    assert "You get this because" in text
    assert not re.search(r"\{\w*\}|None|“”| {2}", text)


def test_what_is_not_there_is_not_found(guide):
    for path in ("nothing", "pages/nothing", "letters/nothing", "letters/told/nothing"):
        assert guide.get(f"/styleguide/{path}").status_code == 404


def test_every_macro_that_pages_use_has_an_example():
    shown = "".join(path.read_text() for path in (EXAMPLES.parent).rglob("*.html"))
    # Parts of layouts, and what examples show anyway.
    inside = {"hall.html", "icons.html", "drawings.html"}
    missing = [
        f"{path.name}: {name}"
        for path in sorted(COMPONENTS.glob("*.html"))
        if path.name not in inside
        for name in re.findall(r"{%-? macro ([a-z]\w*)\(", path.read_text())
        # A row is shown by the list that is made of it.
        if not re.search(rf"\b{name}\b", shown) and path.read_text().count(f"{name}(") < 2
    ]
    assert missing == []


def test_there_is_no_style_guide_outside_development(settings: Config):
    served = create_app(replace(settings, development=False))
    with served.app_context():
        db.engine.dispose()
    assert not [rule for rule in served.url_map.iter_rules() if rule.endpoint.startswith("styleguide.")]
