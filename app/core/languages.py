"""The language that pages and mails speak here and now, and our words in it: Flask-Babel's domain over catalogues in
`app/translations/`.

The language is settled where a request, a job or a mail begins (see `tenants.context`) and held in a context variable; a word
is then a look-up in a dictionary. Catalogues are read from their `.po` files as they are: nothing compiled can go stale.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Domain, LazyString
from markupsafe import Markup, escape

from app.core.bidi import apart
from app.core.locales import number

#: What people may choose from, each called as its own speakers call it.
LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español", "ar": "العربية"}
#: The language of the code: its words are their own keys.
SOURCE = "en"
RIGHT_TO_LEFT = frozenset({"ar"})
CATALOGUES = Path(__file__).parent.parent / "translations"

_spoken: ContextVar[str] = ContextVar("language", default=SOURCE)


def language() -> str:
    """Return the code of the language in force: “en”, “de”."""
    return _spoken.get()


def direction() -> str:
    """Return which way the language in force is written: “ltr” or “rtl”."""
    return "rtl" if _spoken.get() in RIGHT_TO_LEFT else "ltr"


def own(words: Any) -> Any:
    """Return what a member wrote, to stand in a sentence of the language in force without disturbing its order. What is put
    into a text by `gettext` is set apart by it.
    """
    return apart(words, direction())


def speak(code: str | None) -> None:
    """Put a language in force for the rest of this request or job; one that we do not speak is English."""
    _spoken.set(code if code in LANGUAGES else SOURCE)


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Put a language in force for the block."""
    token = _spoken.set(code if code in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _spoken.reset(token)


class Later(LazyString):  # type: ignore[misc]
    """A text in the language of whoever reads it at last. On a page it is escaped like any other text."""

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class Words(Domain):  # type: ignore[misc]
    """Our own words. Flask-Babel finds the language with the request; ours may change within one, mail by mail."""

    def get_translations(self) -> NullTranslations:
        return _catalogue(_spoken.get())

    def gettext(self, message: str, **variables: Any) -> str:
        """Return a text; what is put into it stands apart, whichever way it is written."""
        form = _catalogue(_spoken.get()).ugettext(message)
        return form % _set_apart(variables) if variables else form

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        """Return the form for a number; `%(num)s` is the number as the language writes it."""
        variables.setdefault("num", number(num, _spoken.get()))
        form = _catalogue(_spoken.get()).ungettext(singular, plural, num)
        return form % _set_apart(variables)

    def pgettext(self, context: str, message: str, **variables: Any) -> str:
        """Return a text whose English words mean two things."""
        form = _catalogue(_spoken.get()).upgettext(context, message)
        return form % _set_apart(variables) if variables else form


_words = Words(str(CATALOGUES))

gettext: Callable[..., str] = _words.gettext
ngettext: Callable[..., str] = _words.ngettext
#: For an English word that means two things: `pgettext("state", "Open")` is not `pgettext("verb", "Open")`.
pgettext: Callable[..., str] = _words.pgettext


def gettext_noop(message: str) -> str:
    """Return a text as it is: for what is written down when the code is read, is known by its English words, and is said
    later by `gettext`.
    """
    return message


def lazy_gettext(message: str, **variables: Any) -> Any:
    """Return a text for later: for what is written down when the code is read, such as labels, tables and refusals."""
    return Later(_words.gettext, message, **variables)


def lazy_pgettext(context: str, message: str, **variables: Any) -> Any:
    """Return a text for later whose English words mean one thing here and another elsewhere."""
    return Later(_words.pgettext, context, message, **variables)


def install(app: Flask) -> None:
    """Give templates `_("…")` and `ngettext("…", "…", n)`, and which language the page is in."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # {% trans %} compiles to these names. Ours hold markup, as the text around them does; what they name is escaped.
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.filters["own"] = own
    app.jinja_env.globals.update(
        _=_shown,
        gettext=_shown,
        ngettext=_shown_plural,
        pgettext=_shown_in_context,
        language=language,
        direction=direction,
        languages=LANGUAGES,
    )


def _shown(message: str, /, **variables: Any) -> Markup:
    said = Markup(_catalogue(_spoken.get()).ugettext(message))
    return said % _set_apart(variables) if variables else said


def _shown_in_context(context: str, message: str, /, **variables: Any) -> Markup:
    said = Markup(_catalogue(_spoken.get()).upgettext(context, message))
    return said % _set_apart(variables) if variables else said


def _shown_plural(singular: str, plural: str, num: int, /, **variables: Any) -> Markup:
    variables["num"] = number(num, _spoken.get())
    return Markup(_catalogue(_spoken.get()).ungettext(singular, plural, num)) % _set_apart(variables)


def _set_apart(variables: dict[str, Any]) -> dict[str, Any]:
    runs = direction()
    return {name: apart(value, runs) for name, value in variables.items()}


@lru_cache
def _catalogue(code: str) -> NullTranslations:
    if code == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with (CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Translations(compiled)
