"""Paths on this very host: the only kind of address that a request may name to be sent on to."""

from urllib.parse import urlsplit

# More than any page of ours has; it is kept in cookies and columns on the way.
_LONGEST = 1000


def local_path(target: str | None, default: str = "/") -> str:
    """Return `target` when it is a plain path of this host, else `default`: never another host, scheme or a header break."""
    if not target or len(target) > _LONGEST or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    if any(ord(character) < 0x20 or character in "\\\x7f" for character in target):
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target
