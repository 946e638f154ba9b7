"""Styles, scripts and icons: read once at start, served from memory, kept by browsers for a year.

Every address holds a digest of what it serves, so a changed file has another address and nothing ever
needs to be asked for again. Style sheets become one bundle; scripts stay modules and import each other
by relative names, because all of them lie in one folder whose name is their common digest.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

PREFIX = "/assets/"
BUNDLE = "hall.css"
FOREVER = "public, max-age=31536000, immutable"

#: Within a layer the later rule wins, so components come before what features make of them.
STYLE_ORDER = (
    "layers.css",
    "reset.css",
    "tokens.css",
    "base.css",
    "components/*.css",
    "features/*.css",
    "utilities.css",
)
#: What only development's own pages wear: nobody else loads it.
WORKSHOP = "workshop.css"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]


class UnknownAsset(LookupError):
    """A template names a file that is not under `static/`."""


@dataclass(frozen=True)
class Asset:
    """One file in memory. `digest` names its content, or that of the whole folder for scripts."""

    name: str
    content: bytes
    digest: str

    @property
    def url(self) -> str:
        return f"{PREFIX}{self.digest}/{self.name}"

    @cached_property
    def kind(self) -> str:
        guessed = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        # These are not known, or known as something else, to some systems.
        guessed = {".js": "text/javascript", ".webp": "image/webp"}.get(Path(self.name).suffix, guessed)
        return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed

    @cached_property
    def squeezed(self) -> bytes:
        """The content compressed as hard as gzip can; it happens once in a process's life."""
        return gzip.compress(self.content, 9, mtime=0)


class Assets:
    """Everything under a folder `static/`: `css/`, `js/`, `icons/`, `pictures/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._by_name = {asset.name: asset for asset in self._read()}

    def url(self, name: str) -> str:
        """Return the address of `hall.css`, `js/main.js` or `icons/guildhall.svg`.

        :raises UnknownAsset: when there is no such file.
        """
        return self.named(name).url

    def named(self, name: str) -> Asset:
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownAsset(f"There is no {name} under {self.folder}.") from None

    def __iter__(self) -> Iterator[Asset]:
        return iter(self._by_name.values())

    def middleware(self, app: WsgiApp) -> WsgiApp:
        """Return `app` with the assets in front of it: no session, no database, on every host."""

        def with_assets(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            if environ.get("PATH_INFO", "").startswith(PREFIX):
                return self._serve(environ, start_response)
            return app(environ, start_response)

        return with_assets

    def _serve(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        digest, _, name = environ["PATH_INFO"].removeprefix(PREFIX).partition("/")
        asset = self._by_name.get(name)
        method = environ.get("REQUEST_METHOD", "GET")
        if asset is None or method not in ("GET", "HEAD"):
            start_response("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return [b""]
        headers = [
            ("Content-Type", asset.kind),
            # While a new edition is rolled out, a page of one process may ask another for its files.
            ("Cache-Control", FOREVER if digest == asset.digest else "no-cache"),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        body = asset.content
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and asset.kind.startswith(("text/", "image/svg")):
            body = asset.squeezed
            headers.append(("Content-Encoding", "gzip"))
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [b""] if method == "HEAD" else [body]

    def _read(self) -> Iterator[Asset]:
        for name, patterns in {BUNDLE: STYLE_ORDER, WORKSHOP: ("development/*.css",)}.items():
            sheet = compact("".join(path.read_text() for path in self._styles(patterns))).encode()
            yield Asset(name, sheet, _digest(sheet))
        scripts = {
            path: compact_script(path.read_text()).encode() for path in sorted((self.folder / "js").glob("*.js"))
        }
        together = _digest(b"\0".join(scripts.values()))
        for path, content in scripts.items():
            yield Asset(f"js/{path.name}", content, together)
        for path in sorted(path for folder in ("icons", "pictures") for path in (self.folder / folder).glob("*")):
            content = path.read_bytes()
            yield Asset(f"{path.parent.name}/{path.name}", content, _digest(content))

    def _styles(self, patterns: Iterable[str]) -> Iterator[Path]:
        for pattern in patterns:
            yield from sorted((self.folder / "css").glob(pattern))


def compact(css: str) -> str:
    """Return a style sheet without comments and needless space. Quoted text stays as it is."""
    parts = re.split(r"""("[^"]*"|'[^']*')""", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    for at in range(0, len(parts), 2):
        spaced = re.sub(r"\s+", " ", parts[at])
        parts[at] = re.sub(r" ?([{};,>]) ?", r"\1", spaced).replace(": ", ":").replace(";}", "}")
    return "".join(parts).strip()


def compact_script(js: str) -> str:
    """Return a script without comments on lines of their own and without indentation. Ours have no text over several lines."""
    lines = (line.strip() for line in js.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
