"""What people wrote inside our sentences: a Latin title in an Arabic one, an Arabic name in an English one. Unicode's isolates
around it keep its own order from mixing with ours; they are seen by nobody, and do so in attributes and plain text too.
"""

import re
from typing import Any

#: First strong isolate, and its end.
FSI, PDI = "\u2068", "\u2069"
#: What runs to the right whatever it holds, up to the same end.
LRI = "\u2066"

_HEBREW_TO_ARABIC = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LEFTWARD = re.compile(f"[{_HEBREW_TO_ARABIC}]")
_RIGHTWARD = re.compile(rf"[^\W\d_{_HEBREW_TO_ARABIC}]")
_OURS = re.compile(f"[{FSI}{PDI}]")
_ADDRESS = re.compile(r"(https?:|mailto:|[/#?])")


def apart(value: Any, direction: str) -> Any:
    """Return a text in isolates where it holds letters that run against a sentence, anything else as it is.

    Addresses stay bare: in a plain text a mark beside one would be taken for a part of it.

    :param direction: that of the sentence, “ltr” or “rtl”.
    """
    # Nearly everything: English words in an English sentence.
    if not isinstance(value, str) or (direction == "ltr" and value.isascii()):
        return value
    against = _LEFTWARD if direction == "ltr" else _RIGHTWARD
    if against.search(value) is None or _ADDRESS.match(value):
        return value
    # Markup stays what it is.
    return type(value)(FSI) + value + PDI if hasattr(value, "__html__") else f"{FSI}{value}{PDI}"


def without_isolates(text: str) -> str:
    """Return a text without the marks that stand in our own sentences: one that is copied brings them along."""
    return _OURS.sub("", text)
