"""Words as the search knows them: without accents, case and signs, the same for what is written and for what is asked."""

import re
import unicodedata

#: No word is longer; whatever is, says nothing that somebody would type.
LONGEST = 40

# What is told apart by its signs alone.
_SIGNED = (
    (re.compile(r"(?<!\w)c\+\+"), " cplusplus "),
    (re.compile(r"(?<!\w)c#"), " csharp "),
    (re.compile(r"(?<!\w)f#"), " fsharp "),
    (re.compile(r"(?<!\w)(?:asp)?\.net(?!\w)"), " dotnet "),
)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ـ": ""})
_WORD = re.compile(r"[^\W_]+")
# Written as one, read as several: e-commerce, node.js, A/B.
_JOINED = re.compile(r"[^\W_]+(?:[-.’'‑][^\W_]+)+")


def folded(text: str) -> str:
    """Return a text in small letters without accents: “Café” and “CAFÉ” are “cafe”."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join([sign for sign in apart if not unicodedata.combining(sign)])
    plain = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    for sign, word in _SIGNED:
        plain = sign.sub(word, plain)
    return plain


def words_in(text: str) -> list[str]:
    """Return the words of a text, folded, in their order."""
    return [word[:LONGEST] for word in _WORD.findall(folded(text))]


def written(text: str) -> str:
    """Return a text as it is kept: its words, and after what is joined by a sign also the whole: “e commerce ecommerce”."""
    plain = folded(text)
    return " ".join([word[:LONGEST] for word in _WORD.findall(_JOINED.sub(_with_whole, plain))])


def _with_whole(joined: re.Match[str]) -> str:
    parts = _WORD.findall(joined[0])
    whole = "".join(parts)
    # “bakery's” is no bakerys, and a sentence without a space after its end no word.
    return f"{joined[0]} {whole}" if len(parts[-1]) > 1 and len(whole) <= LONGEST else joined[0]
