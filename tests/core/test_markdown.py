"""Markdown: what people write, shown without harm."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.markdown import plain, render


def test_the_usual_marks_are_shown():
    html = render("# Brief\n\nA **bold** _logo_:\n\n- one\n- two\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert "<h3>Brief</h3>" in html
    assert "<strong>bold</strong> <em>logo</em>" in html
    assert "<li>one</li>" in html
    assert "<blockquote>" in html
    assert "<td>1</td>" in html


def test_line_breaks_are_kept():
    assert render("one\ntwo") == "<p>one<br>\ntwo</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](javascript:alert(1))",
        '<a href="x" style="position:fixed">x</a>',
        "<iframe src=//evil.example></iframe>",
        '[x](http://a "onmouseover=alert(1))',
        "<svg onload=alert(1)>",
    ],
)
def test_nothing_harmful_passes(hostile: str):
    html = render(hostile)
    assert not re.search(r"<(script|iframe|svg|img|style)|<[^>]*\son\w+=|(href|src)=\"(javascript|data|vbscript)", html)


def test_links_are_tame():
    assert render("[work](https://example.com)") == (
        '<p><a href="https://example.com" rel="nofollow ugc noopener">work</a></p>'
    )


def test_a_bare_address_becomes_a_link_without_the_sentences_full_stop():
    assert render("See https://example.com/a_b?c=d&e=f.") == (
        '<p>See <a href="https://example.com/a_b?c=d&amp;e=f" rel="nofollow ugc noopener">'
        "https://example.com/a_b?c=d&amp;e=f</a>.</p>"
    )
    assert render("`https://example.com`") == "<p><code>https://example.com</code></p>"
    assert render("[https://a.example](https://b.example)").count("<a ") == 1


def test_pictures_of_other_hosts_are_links_and_our_own_are_shown():
    assert render("![a cat](https://spy.example/pixel.gif)") == (
        '<p><a href="https://spy.example/pixel.gif" rel="nofollow ugc noopener">a cat</a></p>'
    )
    assert "<img" not in render("![x](//spy.example/pixel.gif)")
    assert render("![a cat](/pictures/1/ab.webp)") == '<p><img src="/pictures/1/ab.webp" alt="a cat"></p>'


def test_plain_says_the_words_alone():
    text = "# Brief\n\nA **bold** [logo](https://example.com)\nfor `us`.\n\n- one\n- two"
    assert plain(text) == "Brief A bold logo for us. one two"
    assert plain(text, 18) == "Brief A bold logo…"
    assert plain(text, 15) == "Brief A bold…"
    assert plain("", 10) == ""
    assert plain("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=300), st.integers(1, 50))
def test_any_text_is_shown_and_cut(text: str, length: int):
    html = render(text)
    assert not re.search(r"<(script|iframe|svg|style|object|form)\b", html)
    assert len(plain(text, length)) <= length


@pytest.mark.parametrize(
    "piece", ["[", "*", "_a_ ", "> ", "`", "![", "<", "- " * 9, "|", "https://a.b/", "(", "\\", "&#"]
)
def test_hostile_lengths_take_no_time(piece: str):
    text = (piece * 20_000)[:20_000]
    began = time.process_time()
    render(text)
    plain(text, 200)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "below", "levels"),
    [
        ("# One\n\n## Two\n\n# Three", 2, "343"),
        ("## One\n\n### Two", 2, "34"),
        ("## One\n\n###### Deep\n\n### Two", 1, "233"),
        ("### One\n\n# Two", 1, "22"),
        ("# 1\n## 2\n### 3\n#### 4\n##### 5", 2, "34566"),
    ],
)
def test_headings_go_down_from_where_the_text_stands_without_leaving_a_level_out(text, below, levels):
    assert "".join(re.findall(r"<h(\d)>", render(text, below))) == levels
