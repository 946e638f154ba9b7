"""What is written for the demo reads like people: nothing said twice, nothing thin, no address of somebody real."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from app.core import markdown
from app.seeds.content_files import SLUGS, content_of, flowing

ALL = {slug: content_of(slug) for slug in SLUGS}


def test_no_sentence_is_written_twice() -> None:
    sentences = Counter(
        sentence
        for content in ALL.values()
        for part in (content.people, content.gigs, content.work, content.talk, content.desk)
        for text in _texts(part)
        for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
        if len(sentence.split()) > 5 and sentence.endswith((".", "!", "?"))
    )
    # The terms of one day's work that two people share are the same terms.
    twice = {sentence for sentence, times in sentences.items() if times > 1}
    shared = {terms for content in ALL.values() for entries in content.work.values() for terms in _shared(entries)}
    assert {sentence for sentence in twice if not any(sentence in terms for terms in shared)} == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_descriptions_are_neither_thin_nor_endless(slug: str) -> None:
    lengths = {name: len(gig["description"].split()) for name, gig in ALL[slug].gigs.items()}
    assert {name: words for name, words in lengths.items() if not 60 <= words <= 250} == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_shown_as_typed_holds_no_markdown(slug: str) -> None:
    content = ALL[slug]
    texts = [text for part in (content.work, content.talk, content.desk, content.joining) for text in _texts(part)]
    texts += [gig[key] for gig in content.gigs.values() for key in ("title", "summary", "pay")]
    assert [text for text in texts if "*" in text or "](" in text] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_addresses_belong_to_nobody(slug: str) -> None:
    people = ALL[slug].people.values()
    assert all(person["email"].endswith(("@example.com", "@example.org", "@example.net")) for person in people)
    assert all(
        re.fullmatch(r"https://([a-z0-9-]+\.)*example\.(com|org|net)(/\S*)?", link)
        for person in people
        for link in person.get("links", ())
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_a_hall_shows_every_kind_and_both_directions(slug: str) -> None:
    gigs = ALL[slug].gigs.values()
    assert {gig.get("kind", "gig") for gig in gigs} == {"gig", "mentorship", "shadowing", "committee", "learning"}
    assert {gig.get("direction", "request") for gig in gigs} == {"request", "offer"}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _shared(entries: list[dict[str, Any]]) -> list[str]:
    counted = Counter(entry["terms"] for entry in entries if "terms" in entry)
    return [terms for terms, times in counted.items() if times > 1]


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_written_over_several_lines_flows(slug):
    texts = [flowing(gig["description"]) for gig in ALL[slug].gigs.values()]
    texts += [flowing(category["charter"]) for category in ALL[slug].categories.values()]
    texts += [flowing(version["text"]) for kind in ("terms", "guidelines") for version in ALL[slug].hall[kind]]
    broken = [text for text in texts if "<br" in markdown.render(text)]
    assert broken == []


def test_lists_and_headings_stay_what_they_are():
    written = "\n## Rules\n\nBe kind,\nplease:\n- to all\n  of us\n- and more\n\n1. **Ask.**\n2. Wait\n"
    assert flowing(written) == "## Rules\n\nBe kind, please:\n- to all of us\n- and more\n\n1. **Ask.**\n2. Wait\n"
