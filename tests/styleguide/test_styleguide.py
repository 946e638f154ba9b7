"""The style guide shows every component, page and e-mail it has."""

import re
from dataclasses import replace

import pytest
from markupsafe import escape

from app.accounts.letters import _REASONS
from app.core.config import ROOT, Config
from app.core.database import db
from app.editorial.arrangement import KINDS
from app.factory import create_app
from app.notifications.events import EVENTS
from app.styleguide.entries import EXAMPLES, SHARED, every_entry, sample_pages, template
from app.styleguide.letters import PURPOSES, every_letter
from app.styleguide.markup import highlighted, miniature
from tenants.states import MARKETPLACE
from themes.letters import sender_of
from themes.presets import PRESETS

COMPONENT_FILES = [
    *(f"components/{path.name}" for path in sorted((SHARED / "components").glob("*.html"))),
    "halls/blocks.html",
]
# Macros that pages may call but that stand in a larger one, which has the entry.
PARTS = {
    ("components/gigs.html", "gig_card"): "gig_cards",
    ("components/overlay.html", "menu_items"): "menu",
    ("components/search.html", "suggesting"): "words_form",
    ("components/talk.html", "message"): "thread",
    ("components/talk.html", "conversation_row"): "conversations",
    ("components/talk.html", "notice_row"): "notices",
    ("halls/blocks.html", "block_head"): "block",
    ("halls/blocks.html", "categories"): "block",
    ("halls/blocks.html", "how"): "block",
    ("halls/blocks.html", "news"): "block",
    ("halls/blocks.html", "voices"): "block",
    ("halls/blocks.html", "thanks"): "block",
    ("halls/blocks.html", "words"): "block",
    ("halls/blocks.html", "join"): "block",
}
NAMES = [entry.name for entry in every_entry()]
# What the issue of the look asks for, by the names of their pages.
ASKED_FOR = """
    button whole-form text-fields paragraphs choices money hours-and-numbers form-steps file-drop skill-picker place-picker
    chip avatar member-card gig-row gig-card facts-line state-badge timeline thread tabs menu dialog flashed-message table
    pagination blank-slate stat bars sparkline heat-map stepper toast
"""


@pytest.fixture
def guide(browser):
    return browser(host="localhost")


@pytest.mark.parametrize("preset", PRESETS)
def test_every_component_answers_in_every_look(guide, preset):
    for name in NAMES:
        page = guide.get(f"/styleguide/components/{name}?preset={preset}&scheme=dark")
        assert page.status_code == 200
        assert re.search(rf"/theme-[^\"]*{preset}", page.text)
        assert 'data-scheme="dark"' in page.text


@pytest.mark.parametrize("entry", every_entry(), ids=lambda entry: entry.name)
def test_a_component_says_when_to_use_it_and_shows_each_state_with_its_markup(guide, entry):
    text = guide.get(f"/styleguide/components/{entry.name}").text
    assert entry.use
    assert entry.avoid
    assert entry.states
    assert all(state.label for state in entry.states) or len(entry.states) == 1
    assert text.count('<pre class="guide__source">') == len(entry.states) + bool(entry.signatures)
    assert all(str(highlighted(state.source)) in text for state in entry.states)
    assert guide.get(f"/styleguide/components/{entry.name}/bare").status_code == 200


def test_what_was_asked_for_is_there():
    titles = {entry.title.lower().replace(" ", "-") for entry in every_entry()}
    assert set(ASKED_FOR.split()) <= titles
    assert len(NAMES) == len(set(NAMES))


def test_the_index_leads_to_everything_and_repeats_no_id(guide):
    text = guide.get("/styleguide/").text
    assert all(f'href="/styleguide/components/{name}"' in text for name in NAMES)
    assert all(f'href="/styleguide/pages/{name}"' in text for name in sample_pages())
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_a_page_is_shown_in_every_look_side_by_side(guide):
    text = guide.get("/styleguide/beside/components/button/bare?width=phone").text
    assert text.count("<iframe") == 2 * len(PRESETS)
    assert 'src="/styleguide/components/button/bare?preset=harbour&amp;scheme=dark"' in text


def test_markup_is_set_without_changing_a_sign():
    source = '{% call form("#", name="A & B") %}<p class="x">{{ field(f.title) }}</p>{# why #}{% endcall %}'
    shown = highlighted(source)
    assert re.sub("<[^>]+>", "", str(shown)) == source.replace("&", "&amp;").replace('"', "&#34;").replace(
        "<", "&lt;"
    ).replace(">", "&gt;")
    assert miniature('<input id="a" name="b" autofocus class="c">') == '<input class="c">'


@pytest.mark.parametrize("name", sample_pages())
def test_every_page_is_shown_to_members_and_visitors(guide, name):
    assert guide.get(f"/styleguide/pages/{name}").status_code == 200
    assert guide.get(f"/styleguide/pages/{name}?as=visitor").status_code == 200


@pytest.fixture
def letters(app):
    with app.test_request_context("/", base_url="http://localhost:8000"):
        yield every_letter()


def test_every_letter_says_the_same_in_both_parts_and_in_every_look(letters):
    assert len(letters) > 70
    for name, shown in letters.items():
        text = shown.letter.as_text(sender_of(shown.hall))
        assert (shown.letter.heading or shown.letter.subject)[:60] in " ".join(text.split())
        assert not re.search(r"\{\w*\}|None|“”| {2}", text), name
        for look in (None, ("nightmarket", "#c0287a")):
            html = shown.letter.as_html(shown.hall_in(look))
            assert escape(shown.letter.subject) in html
            assert "var(--" not in html


def test_every_e_mail_that_members_get_has_one_thing_to_do_and_says_why_it_came(letters):
    for event in EVENTS:
        text = letters[event.name].letter.as_text(sender_of(letters[event.name].hall))
        assert f"{event.action}:\nhttp://designers.localhost:8000/" in text, event.name
        assert "You get this because" in text, event.name


def test_a_letter_is_shown_at_a_desk_on_a_phone_and_as_plain_text(guide):
    page = guide.get("/styleguide/letters/application.apply?preset=harbour")
    assert page.text.count('src="/styleguide/letters/application.apply/html?preset=harbour"') == 2
    assert "&gt; Could you come and see the wall next week?" in page.text
    html = guide.get("/styleguide/letters/application.apply/html?preset=harbour")
    assert html.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert PRESETS["harbour"].brand_colour in html.text
    assert guide.get("/styleguide/letters/application.apply/text").mimetype == "text/plain"


def test_what_is_not_there_is_not_found(guide):
    for path in ("nothing", "components/nothing", "components/nothing/bare", "pages/nothing", "letters/nothing/html"):
        assert guide.get(f"/styleguide/{path}").status_code == 404


def test_every_macro_has_an_entry_or_is_part_of_one_that_has():
    shown = {
        (file, name.strip())
        for path in EXAMPLES.rglob("*.html")
        for file, names in re.findall(r"{% from \"([^\"]+)\" import ([^%]+?)(?: with context)? %}", path.read_text())
        for name in names.split(",")
    }
    for file in COMPONENT_FILES:
        source = template(file).read_text()
        for name in re.findall(r"{%-? macro ([a-z]\w*)\(", source):
            whole = PARTS.get((file, name))
            assert (file, name) in shown or whole, f"{file}: {name} has no entry in the style guide"
            # What stands in a larger one is drawn by it.
            assert whole is None or ((file, whole) in shown and source.count(f"{name}(") > 1), f"{file}: {name}"


def test_every_block_of_a_front_page_has_an_entry():
    examples = "".join(path.read_text() for path in (EXAMPLES / "front").glob("*.html"))
    assert [name for name in KINDS if name != "opening" and f'part("{name}"' not in examples] == []


def test_every_function_that_writes_a_letter_is_shown(letters):
    written = set()
    for path in (ROOT / "app").rglob("*.py"):
        source = path.read_text()
        if "themes.letters import" in source and "styleguide" not in path.parts:
            written |= set(re.findall(r"^def ([a-z]\w*)\([^)]*\) -> Letter:", source, re.MULTILINE))
    makers = "".join(path.read_text() for path in (EXAMPLES.parent.parent).glob("*letters.py"))
    assert written
    assert [name for name in written if f"{name}(" not in makers] == []
    # Each reason for which one of them is written has a page of its own.
    assert set(_REASONS) == set(PURPOSES)
    assert {f"code-{purpose}" for purpose in PURPOSES} <= set(letters)
    assert {f"hall-{state}" for state in MARKETPLACE.states} <= set(letters)
    assert {event.name for event in EVENTS} <= set(letters)


def test_there_is_no_style_guide_outside_development(settings: Config):
    served = create_app(replace(settings, development=False))
    with served.app_context():
        db.engine.dispose()
    assert not [rule for rule in served.url_map.iter_rules() if rule.endpoint.startswith("styleguide.")]
