"""Markdown that people write, made into HTML that cannot harm: no raw HTML, no pictures from elsewhere, tame links."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

# A page has its own first and second headings; those of a text come below them.
_BELOW = 2

_TAGS = {
    "p", "br", "hr", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "img",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}

# A bare address in a sentence; the punctuation that ends the sentence is no part of it.
_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}*_~]")


def render(text: str, below: int = _BELOW) -> Markup:
    """Return Markdown as safe HTML. Line breaks are kept, bare addresses become links.

    :param below: the level of the heading that the text stands under; its own highest ones are the next, whatever level
        they were written at, and none is left out on the way down.
    """
    return _rendered(text, below)


def plain(text: str, length: int | None = None) -> str:
    """Return what Markdown says without its marks, on one line, cut at a word's end to at most `length` characters."""
    words = " ".join(" ".join(_words(_parser().parse(text))).split())
    if length is None or len(words) <= length:
        return words
    cut = words[: max(length - 1, 0)]
    whole_words = cut.rpartition(" ")[0] if words[len(cut) : len(cut) + 1].strip() else cut
    return f"{(whole_words or cut).rstrip(' ,;:.–-')}…"


def written(blocks: Iterable[str]) -> str:
    """Return blocks of Markdown as one text: the items of a list line by line, everything else with a line between."""
    lines = (f"{block}\n" if block[:1].isdigit() else f"\n{block}\n\n" for block in blocks)
    return re.sub(r"\n{3,}", "\n\n", "".join(lines)).strip() + "\n"


@lru_cache(maxsize=128)
def _rendered(text: str, below: int) -> Markup:
    html = _parser().render(text, {"below": below})
    return Markup(
        nh3.clean(
            html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="nofollow ugc noopener"
        ).strip()
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.push("tame", _tame)
    parser.add_render_rule("image", _image)
    return parser


def _tame(state: StateCore) -> None:
    _put_below(state.env.get("below", _BELOW), [token for token in state.tokens if token.type.startswith("heading_")])
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_linked(token.children))


def _put_below(level: int, headings: Sequence[Token]) -> None:
    top = min((int(token.tag[1]) for token in headings), default=0)
    above = level
    for token in headings:
        above = min(int(token.tag[1]) - top + level + 1, above + 1, 6) if token.nesting > 0 else above
        token.tag = f"h{above}"


def _linked(tokens: Sequence[Token]) -> Iterator[Token]:
    """Give the tokens of a line with bare addresses in its text made links."""
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "text" or inside or "://" not in token.content:
            yield token
        else:
            yield from _split(token.content)


def _split(text: str) -> Iterator[Token]:
    position = 0
    for found in _ADDRESS.finditer(text):
        yield _text(text[position : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": found.group()})
        yield _text(found.group())
        yield Token("link_close", "a", -1)
        position = found.end()
    yield _text(text[position:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _image(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Show a picture of this host; one from elsewhere is a link, so that reading a text tells nobody who reads it."""
    token = tokens[index]
    source = str(token.attrs.get("src", ""))
    words = renderer.renderInlineAsText(token.children or [], options, env)
    if source.startswith("/") and not source.startswith(("//", "/\\")):
        return f'<img src="{escape(source)}" alt="{escape(words)}">'
    return f'<a href="{escape(source)}">{escape(words or source)}</a>'


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "fence", "code_block"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children:
            yield "".join(_words(token.children)) if token.type == "inline" else " ".join(_words(token.children))
