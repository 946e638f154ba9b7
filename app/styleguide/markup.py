"""Markup as the guide sets it: tags, strings and comments told apart; and small pictures of components, which nobody can use."""

import re

from markupsafe import Markup, escape

_PARTS = re.compile(
    r"(?P<comment>\{#.*?#\})"
    r"|(?P<jinja>\{[{%].*?[%}]\})"
    r"|(?P<tag></?[a-z][\w-]*|/?>)"
    r"|(?P<string>\"[^\"]*\")",
    re.DOTALL,
)
_INSIDE = re.compile(r"(?P<string>\"[^\"]*\")|(?P<word>\b(?:call|endcall|set|for|in|endfor|if|endif|from|import)\b)")
# What only one of two copies on a page may have, and what would make the copy do something.
_UNIQUE = re.compile(
    r"\s(?:id|for|name|list|tabindex|data-module|role|aria-(?:labelledby|describedby|controls|live))=\"[^\"]*\"|\sautofocus(?=[\s>])"
)


def highlighted(source: str) -> Markup:
    """Return a template's source with a `<span>` around each kind of part."""
    return _marked(source, _PARTS)


def miniature(shown: str) -> Markup:
    """Return rendered markup without what may be on a page only once, for a small picture of it."""
    return Markup(_UNIQUE.sub("", shown))


def _marked(source: str, parts: re.Pattern[str]) -> Markup:
    out, at = Markup(""), 0
    for found in parts.finditer(source):
        kind, text = found.lastgroup or "", found.group()
        # What stands inside a tag of the template is told apart as well.
        inner = _marked(text, _INSIDE) if kind == "jinja" else text
        out += escape(source[at : found.start()]) + Markup('<span class="code__{}">{}</span>').format(kind, inner)
        at = found.end()
    return out + escape(source[at:])
