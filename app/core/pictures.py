"""Pictures that people bring: re-encoded in a few sizes without what their camera noted, kept by digest, served for ever."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from flask import Response, send_file
from werkzeug.datastructures import FileStorage

from app.core.config import ROOT
from app.core.errors import Invalid, NotFound
from app.core.forms.uploads import file_size
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.store import key_for, store

if TYPE_CHECKING:
    from PIL.Image import Image

Size = Literal["small", "medium", "large"]

KINDS = (".png", ".jpg", ".jpeg", ".webp")
BIGGEST = 12_000_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """One sort of pictures: where they are kept and served, the longer edge of each size in pixels, and whether what lies
    there is for everybody, so that caches which people share may keep it.
    """

    name: str
    edges: Mapping[Size, int]
    is_public: bool = False


# What members show: a face, a card, a page's width on a dense screen.
PICTURES = Shelf("pictures", {"small": 160, "medium": 640, "large": 1600})

_NAME = re.compile(r"[0-9a-f]{32}")
_SECONDS = 30


class NotAPicture(Invalid):
    message = _l("This is not a picture that can be read. Choose a PNG, JPEG or WebP file.")


class PictureTooHeavy(Invalid):
    message = _l("This picture is larger than 12 MB. Choose a smaller one.")


class PictureMoves(Invalid):
    message = _l("This picture moves. Choose one that stands still.")


class PictureTooLarge(Invalid):
    message = _l("This picture has too many pixels: at most 24 million fit, for a JPEG 100 million. Make it smaller.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is kept: `name` is what the model remembers, the size is that of its largest form."""

    name: str
    width: int
    height: int

    @property
    def written(self) -> str:
        """The picture as one column of a table holds it."""
        return f"{self.name} {self.width} {self.height}"

    @classmethod
    def read(cls, written: str | None) -> "Picture | None":
        """Return what `written` gave, or None where there is no picture."""
        if not written:
            return None
        name, width, height = written.split()
        return cls(name, int(width), int(height))


def keep(upload: FileStorage, *, tenant_id: int, owner: str, shelf: Shelf = PICTURES) -> Picture:
    """Re-encode an upload and keep it. `owner` is whose it is (an id): the same file of another person is another picture,
    so that forgetting one leaves the other.

    :raises PictureTooHeavy, PictureTooLarge, PictureMoves, NotAPicture: with words for the person.
    """
    if file_size(upload) > BIGGEST:
        raise PictureTooHeavy
    content = upload.stream.read()
    name = hashlib.sha256(f"{owner}\0".encode() + content).hexdigest()[:32]
    with TemporaryDirectory(prefix="picture-") as folder:
        width, height = _press(content, Path(folder), shelf)
        for size in shelf.edges:
            store().put(_key(tenant_id, name, size, shelf), (Path(folder) / f"{size}.webp").read_bytes())
    return Picture(name, width, height)


def keep_own(picture: "Image", *, tenant_id: int, owner: str, shelf: Shelf = PICTURES) -> Picture:
    """Keep a picture that we drew ourselves: nothing in it needs to be taken out, so it is pressed here and now."""
    name = hashlib.sha256(f"{owner}\0".encode() + picture.tobytes()).hexdigest()[:32]
    forms: dict[tuple[int, int], bytes] = {}
    for size, edge in shelf.edges.items():
        form = picture.copy()
        form.thumbnail((edge, edge))
        if form.size not in forms:
            form.save(pressed := BytesIO(), "WEBP", quality=82, method=2)
            forms[form.size] = pressed.getvalue()
        store().put(_key(tenant_id, name, size, shelf), forms[form.size])
    return Picture(name, *form.size)


def path(name: str, size: Size = "medium", shelf: Shelf = PICTURES) -> str:
    """Return the address of a picture on its hall's host."""
    return f"/{shelf.name}/{name}-{size}.webp"


def srcset(picture: Picture, shelf: Shelf = PICTURES) -> str:
    """Return the sizes that there are, each with its real width, for `<img srcset>`; one no larger than the size before it is
    left out.
    """
    widths: dict[int, Size] = {}
    for size, edge in sorted(shelf.edges.items(), key=lambda known: known[1]):
        scale = min(edge / max(picture.width, picture.height), 1)
        widths.setdefault(round(picture.width * scale), size)
    return ", ".join(f"{path(picture.name, size, shelf)} {width}w" for width, size in widths.items())


def respond(tenant_id: int, name: str, size: str, shelf: Shelf = PICTURES) -> Response:
    """Return the answer with a picture's bytes. An address never shows another picture, so it may be kept for ever.

    :raises NotFound: when this tenant has no such picture.
    """
    content = bytes_of(tenant_id, name, size, shelf)
    if content is None:
        raise NotFound(_("This picture is not here."))
    response = send_file(BytesIO(content), mimetype="image/webp", etag=f"{name}-{size}")
    # Else for this browser only: what a hall shows to members must not lie in a cache that others share.
    whose = "public" if shelf.is_public else "private"
    response.headers["Cache-Control"] = f"{whose}, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def bytes_of(tenant_id: int, name: str, size: str, shelf: Shelf = PICTURES) -> bytes | None:
    """Return a picture as it is kept, in WebP, or None when this tenant has no such picture."""
    is_known = size in shelf.edges and _NAME.fullmatch(name) is not None
    return store().get(_key(tenant_id, name, size, shelf)) if is_known else None


def forget(tenant_id: int, name: str, shelf: Shelf = PICTURES) -> None:
    """Remove a picture in every size."""
    for size in shelf.edges:
        store().delete(_key(tenant_id, name, size, shelf))


def _key(tenant_id: int, name: str, size: str, shelf: Shelf) -> str:
    return key_for(shelf.name, tenant_id, name, f"-{size}.webp")


def _press(content: bytes, folder: Path, shelf: Shelf) -> tuple[int, int]:
    sizes = [f"{name}={edge}" for name, edge in shelf.edges.items()]
    command = [sys.executable, "-m", "app.core.picture_press", str(folder), *sizes]
    try:
        # No environment: what decodes a stranger's file knows no secret of ours.
        pressed = subprocess.run(
            command, input=content, capture_output=True, timeout=_SECONDS, cwd=ROOT, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise PictureTooLarge from None
    answer = pressed.stdout.decode(errors="replace")
    if answer == "toolarge":
        raise PictureTooLarge
    elif answer == "moving":
        raise PictureMoves
    elif found := re.fullmatch(r"(\d+) (\d+)", answer):
        return int(found[1]), int(found[2])
    else:
        raise NotAPicture
