"""The words of our scripts in the language of the page. The English texts are their own keys, so an English page carries none."""

import json
from collections.abc import Callable
from functools import lru_cache

from flask import Flask

from app.core.languages import SOURCE, gettext, language


def script_words() -> str:
    """Return the texts of `static/js/` and what they are in the language in force, as JSON; nothing in English."""
    return _in(language())


def install(app: Flask) -> None:
    """Let the bare document carry them."""
    app.jinja_env.globals.update(script_words=script_words)


@lru_cache
def _in(code: str) -> str:
    if code == SOURCE:
        return ""
    pairs = zip(_texts(str), _texts(gettext), strict=True)
    return json.dumps({text: said for text, said in pairs if text != said}, ensure_ascii=False)


def _texts(_: Callable[[str], str]) -> list[str]:
    return [
        _("Suggestions"),
        _("1 suggestion"),
        _("{count} suggestions"),
        _("Add “{word}”"),
        _("Remove {word}"),
        _("{word} added"),
        _("{word} removed"),
        _("Take {name} out"),
        _("{size}, and {most} fit"),
        _("{count} left"),
        _("{count} too many"),
        _("Draft kept at {time}"),
        _("The draft is not kept yet; trying again with your next change."),
        _("Copied"),
        _("Copy it by hand, please"),
    ]
