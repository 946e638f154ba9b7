"""Whatever Guildhall says can be said in another language: on pages of every role, in refusals, and in e-mails."""

import itertools
import re
from dataclasses import replace
from typing import Any

import pytest

from app.core import wording
from app.core.languages import speaking
from app.styleguide import event_letters, letters
from tests.hostile.pages import forms_of
from tests.words.arranging import WRITTEN, Story
from tests.words.pseudo import CODE, bare_texts, bare_words
from themes.letters import sender_of

pytestmark = [
    pytest.mark.usefixtures("pseudo", "outbox"),
    # The test client leaves what it sent of a large body to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

KNOWN = re.compile("|".join(rf"\b{re.escape(one)}" for one in WRITTEN))
# Pictures, health, what computers ask, and the doors between hosts.
NO_PAGES = {"health", "themes", "media", "suggestions", "mailbox", "styleguide"}


@pytest.fixture
def story(hall: Any, browser: Any) -> Story:
    return Story(browser)


def _paths(app: Any, site: str, things: dict[str, list[Any]] | None = None, *, most: int = 5) -> list[str]:
    """Return the addresses of every page of a site: that of each thing, and what can be done with `most` of each kind."""
    ids = {"number": [1], "slug": ["lettering", "about-anyone"]} | (things or {})
    adapter, paths = app.url_map.bind("designers.localhost", subdomain=site), []
    for rule in app.url_map.iter_rules():
        if rule.subdomain != site or "GET" not in rule.methods or rule.endpoint.split(".")[0] in NO_PAGES:
            continue
        names, shows_it = sorted(rule.arguments), rule.rule.endswith("_id>")
        choices = [
            getattr(rule._converters[name], "items", None) or ids.get(name, ["nothing"])[: None if shows_it else most]
            for name in names
        ]
        for values in itertools.product(*choices):
            paths.append(adapter.build(rule.endpoint, dict(zip(names, values, strict=True)), force_external=False))
    return paths


def _bare(answer: Any) -> list[str]:
    is_page = answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 308)
    return bare_texts(answer.text, KNOWN) if is_page else []


def _shape(path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", path)


class Finds:
    """What was found, each text once, with the first page that says it."""

    def __init__(self) -> None:
        self.first: dict[str, str] = {}
        self.pages = 0

    def look(self, place: str, texts: list[str]) -> None:
        self.pages += 1
        for one in texts:
            self.first.setdefault(one, place)

    def __str__(self) -> str:
        return "\n".join(f"{place}: {one}" for one, place in sorted(self.first.items(), key=lambda item: item[1]))


@pytest.mark.slow
def test_every_page_of_a_hall_says_everything_in_the_readers_language(app, story):
    finds, everything, some = Finds(), _paths(app, "hall", story.things()), _paths(app, "hall", story.things(), most=1)
    # Sam does what Maya asks for: only there the two of them see different pages.
    work = [path for path in everything if path.startswith(("/agreements", "/applications"))]
    looks = {None: some, story.maya: everything, story.sam: work, story.ines: some}
    for viewer, paths in looks.items():
        client, who = story.browser(viewer), viewer.name if viewer else "a visitor"
        for path in [*paths, *QUESTIONS]:
            answer = client.get(path)
            assert answer.status_code < 500, path
            finds.look(f"{who} at {_shape(path)}", _bare(answer))
    assert finds.pages > 400
    assert not finds.first, str(finds)


@pytest.mark.slow
def test_every_refusal_of_a_form_is_said_in_the_readers_language(app, story):
    finds, seen, paths = Finds(), set(), _paths(app, "hall", story.things(), most=3)
    for viewer in (story.maya, story.sam, story.ines):
        client = story.browser(viewer)
        for path in paths:
            answer = client.get(path)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            for form in forms_of(path, answer.text):
                shape = _shape(form.action), tuple(form.inputs)
                if form.written and shape not in seen:
                    seen.add(shape)
                    finds.look(f"{viewer.name} sends {shape[0]}", _refusals(client, form))
    assert finds.pages > 30
    assert not finds.first, str(finds)


def _refusals(client: Any, form: Any) -> list[str]:
    bare = []
    for typed in ("", "!", "9" * 15_000):
        answers = form.answers() | {one.name: typed for one in form.written}
        kind = "multipart/form-data" if form.takes_files else None
        refused = client.post(form.action, data=answers, content_type=kind)
        bare += _bare(refused) if refused.status_code >= 400 else []
    return bare


QUESTIONS = ["/nowhere", "/gigs?q=ω", "/people?q=ω", "/search?q=ω", "/gigs?sort=pay&direction=offer&level=Expert"]
WIZARD = {
    "name": {"name": "Λέσχη", "slug": "letterform", "kind": "community", "tagline": ""},
    "field": {"field": "design"},
    "categories": {"categories": ["Lettering", "Print"], "more": "Βιβλία"},
    "look": {"preset": "atelier", "brand_colour": "#A8322A"},
    "access": {"who_may_see": "anyone", "who_may_join": "open", "who_may_post": "members"},
}


def test_the_platform_and_signing_in_speak_what_the_browser_asks(app, browser):
    finds, asks = Finds(), {"Accept-Language": CODE}
    for site, host in (("platform", "localhost"), ("id", "id.localhost")):
        client = browser(host=host)
        for path in [*_paths(app, site), "/nowhere"]:
            answer = client.get(path, headers=asks)
            finds.look(f"{host}{path}", _bare(answer))
            for form in forms_of(path, answer.text) if answer.status_code == 200 else []:
                refused = client.post(form.action, data=dict.fromkeys(form.inputs, ""), headers=asks)
                finds.look(f"{host}{form.action}, sent empty", _bare(refused))
    founder = browser(host="localhost")
    for step, answers in WIZARD.items():
        finds.look(f"/open/{step}", _bare(founder.get(f"/open/{step}", headers=asks)))
        assert founder.post(f"/open/{step}", data=answers, headers=asks).status_code == 302, step
    finds.look("/open/last", _bare(founder.get("/open/last", headers=asks)))
    assert not finds.first, str(finds)


def test_every_email_is_written_in_the_readers_language(app, monkeypatch):
    known = re.compile(
        "|".join(
            re.escape(one)
            for one in (
                *event_letters._SAID.splitlines(), "Redraw our bakery's sign lettering", "Orla Finch", "Noor Hadid",
                "Ligature", "Lettering", "The dates don't work out this time.", "Answer within a week", "Orla",
                "We talked at the market: come and see.", "We are full until spring. Ask again then.",
                "Three warnings went unanswered.", "You asked us to.", "Your team could use this.", "Northwind",
                "The bill of March is open.", "Kindness",
            )
        )
    )  # fmt: skip
    for module, name in ((event_letters, "HALL"), (letters, "HALL"), (letters, "COMPANY")):
        monkeypatch.setattr(module, name, replace(getattr(module, name), locale=CODE))
    finds = Finds()
    with app.test_request_context(base_url="http://localhost:8000"), speaking(CODE):
        for name, shown in letters.every_letter().items():
            finds.look(f"{name}, subject", bare_words(shown.letter.subject, known))
            finds.look(f"{name}, HTML", bare_texts(shown.letter.as_html(shown.hall), known))
            plain = " ".join(shown.letter.as_text(sender_of(shown.hall)).split())
            finds.look(f"{name}, text", bare_words(plain, known))
    assert finds.pages > 100
    assert not finds.first, str(finds)


def test_every_state_has_a_name(app):
    with speaking(CODE):
        assert [state for state in wording._STATES if bare_words(wording.state_name(state), KNOWN)] == []
