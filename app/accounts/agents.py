"""What a browser says it is, in words its owner knows it by."""

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l

# The first that is found wins: every browser also claims to be those below it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", _l("an iPhone")),
    ("iPad", _l("an iPad")),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", _l("a Chromebook")),
    ("Mac OS X", _l("a Mac")),
    ("Linux", "Linux"),
)


LONGEST = 200


def kept(agent: str) -> str:
    """Return as much of a User-Agent as is stored."""
    return agent[:LONGEST]


def in_words(agent: str) -> str:
    """Return “Firefox on Windows” for a User-Agent, or “A browser”."""
    browser = _first(_BROWSERS, agent) or _("A browser")
    system = _first(_SYSTEMS, agent)
    return _("%(browser)s on %(system)s", browser=browser, system=system) if system else browser


def _first(table: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in table if mark in agent), "")
