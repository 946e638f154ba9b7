"""Passwords that a guesser tries first: well-known ones, runs over the keyboard, and words everybody here knows.

A long password is refused when almost all of it is such a thing: what remains decides, so a hall's name inside
a sentence of its own is fine.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from app.core.languages import gettext as _

# What must remain once everything known is taken away.
ENOUGH = 8
_SHORTEST_RUN = 4

#: Pieces that lists of leaked passwords are made of, and that people lengthen to reach a limit.
COMMON = sorted(
    """
    password passwort passwd passphrase motdepasse contrasena senha secret geheim welcome welkom willkommen bienvenue
    bienvenido letmein login signin admin administrator root user guest master default changeme changethis temp temporary
    test testing example sample iloveyou loveyou ichliebedich jetaime teamo monkey dragon football baseball basketball
    soccer hockey superman batman spiderman pokemon starwars princess sunshine shadow michael jennifer jordan charlie
    liverpool chelsea arsenal barcelona realmadrid freedom whatever trustno computer internet samsung google facebook
    microsoft windows apple linkedin instagram hello goodbye thank please forever summer winter spring autumn
    january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday company office work market marketplace account access security qwerty azerty
    qwertz asdf zxcv abcd letmepass opensesame nothing something
    """.split(),
    key=len,
    reverse=True,
)

#: Whole phrases that are in every such list although they are long.
KNOWN = frozenset(
    re.sub(r"\W", "", phrase)
    for phrase in (
        "correct horse battery staple",
        "the quick brown fox jumps over the lazy dog",
        "the quick brown fox",
        "may the force be with you",
        "to be or not to be",
        "i love you so much",
        "thisismypassword",
        "this is my password",
        "mypasswordissecret",
        "never gonna give you up",
        "lorem ipsum dolor sit amet",
        "once upon a time",
        "supercalifragilisticexpialidocious",
        "pneumonoultramicroscopicsilicovolcanoconiosis",
        "all your base are belong to us",
        "open sesame open sesame",
        "twinkle twinkle little star",
        "happy birthday to you",
        "jesus christ is lord",
        "let me in let me in",
    )
)

_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1234567890",
    "!@#$%^&*()",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "abcdefghijklmnopqrstuvwxyz",
)
_RUNS = tuple(row * 2 for row in _ROWS) + tuple(row[::-1] * 2 for row in _ROWS)
_LEET = str.maketrans("013457@$!", "oieastasi")
_YEAR = re.compile(r"(?:19|20)\d\d")


def weakness(password: str, *, about: Iterable[str] = ()) -> str:
    """Return why a password is easy to guess, to follow “easy to guess:”, or an empty text."""
    plain = _folded(password)
    if re.sub(r"[\W_]", "", plain) in KNOWN:
        return _("it is a well-known phrase")
    unit = _repeated(plain)
    if len(unit) < ENOUGH:
        return _("it is one short piece over and over")
    words = sorted(_words(about), key=len, reverse=True)
    theirs = _without(unit, words)
    if len(theirs) < ENOUGH and theirs != unit:
        return _("it is mostly a name or an address that others know")
    elif len(set(_without(_without_runs(theirs), COMMON))) < ENOUGH - 1:
        return _("it is made of the words and rows of keys that everybody tries")
    else:
        return ""


def _folded(text: str) -> str:
    """Return a text in lower case and without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in spread if not unicodedata.combining(character))


def _repeated(text: str) -> str:
    """Return the shortest piece that, repeated, gives the text."""
    return next(
        text[:size] for size in range(1, len(text) + 1) if (text[:size] * (len(text) // size + 1))[: len(text)] == text
    )


def _words(about: Iterable[str]) -> Iterator[str]:
    for text in about:
        plain = _folded(text)
        yield from (word for word in re.split(r"[\W_]+", plain) if len(word) >= _SHORTEST_RUN)
        yield re.sub(r"[\W_]", "", plain)


def _without(text: str, words: Iterable[str]) -> str:
    """Return a text without the given words, also where figures stand for their letters."""
    for word in words:
        if len(word) < _SHORTEST_RUN:
            continue
        for spelt in (text, text.translate(_LEET)):
            at = spelt.find(word)
            while at >= 0:
                text, spelt = text[:at] + text[at + len(word) :], spelt[:at] + spelt[at + len(word) :]
                at = spelt.find(word)
    return text


def _without_runs(text: str) -> str:
    """Return a text without years, rows of keys and repeated characters."""
    text = _YEAR.sub("", text)
    kept, at = "", 0
    while at < len(text):
        size = _run_at(text, at)
        if size < _SHORTEST_RUN:
            kept, at = kept + text[at], at + 1
        else:
            at += size
    return kept


def _run_at(text: str, at: int) -> int:
    """Return how many characters from here follow each other on a keyboard, in the alphabet, or are the same."""
    same = next((n for n in range(1, len(text) - at) if text[at + n] != text[at]), len(text) - at)
    longest = same
    while at + longest < len(text) and any(text[at : at + longest + 1] in row for row in _RUNS):
        longest += 1
    return longest
