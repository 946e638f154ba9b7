"""Pictures that people bring: re-encoded in a few sizes without what their camera noted, kept by digest, served for ever."""

import hashlib
import re
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from flask import Response, send_file
from werkzeug.datastructures import FileStorage

from app.core.config import ROOT
from app.core.errors import Invalid, NotFound
from app.core.forms.uploads import file_size, in_megabytes
from app.core.store import key_for, store

if TYPE_CHECKING:
    from PIL.Image import Image

Size = Literal["small", "medium", "large"]

KINDS = (".png", ".jpg", ".jpeg", ".webp")
BIGGEST = 12_000_000
# The longer edge in pixels: a face, a card, a page's width on a dense screen.
EDGES: dict[Size, int] = {"small": 160, "medium": 640, "large": 1600}

_NAME = re.compile(r"[0-9a-f]{32}")
_SECONDS = 30


class NotAPicture(Invalid):
    message = "This is not a picture that can be read. Choose a PNG, JPEG or WebP file."


class PictureTooHeavy(Invalid):
    message = f"This picture is larger than {in_megabytes(BIGGEST)}. Choose a smaller one."


class PictureTooLarge(Invalid):
    message = "This picture has too many pixels: at most 24 million fit, for a JPEG 100 million. Make it smaller."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is kept: `name` is what the model remembers, the size is that of its largest form."""

    name: str
    width: int
    height: int


def keep(upload: FileStorage, *, tenant_id: int, owner: str) -> Picture:
    """Re-encode an upload and keep it. `owner` is whose it is (an id): the same file of another person is another picture,
    so that forgetting one leaves the other.

    :raises PictureTooHeavy, PictureTooLarge, NotAPicture: with words for the person.
    """
    if file_size(upload) > BIGGEST:
        raise PictureTooHeavy
    content = upload.stream.read()
    name = hashlib.sha256(f"{owner}\0".encode() + content).hexdigest()[:32]
    with TemporaryDirectory(prefix="picture-") as folder:
        width, height = _press(content, Path(folder))
        for size in EDGES:
            store().put(_key(tenant_id, name, size), (Path(folder) / f"{size}.webp").read_bytes())
    return Picture(name, width, height)


def keep_own(picture: "Image", *, tenant_id: int, owner: str) -> Picture:
    """Keep a picture that we drew ourselves: nothing in it needs to be taken out, so it is pressed here and now."""
    name = hashlib.sha256(f"{owner}\0".encode() + picture.tobytes()).hexdigest()[:32]
    forms: dict[tuple[int, int], bytes] = {}
    for size, edge in EDGES.items():
        form = picture.copy()
        form.thumbnail((edge, edge))
        if form.size not in forms:
            form.save(pressed := BytesIO(), "WEBP", quality=82, method=2)
            forms[form.size] = pressed.getvalue()
        store().put(_key(tenant_id, name, size), forms[form.size])
    return Picture(name, *picture.size)


def path(name: str, size: Size = "medium") -> str:
    """Return the address of a picture on its hall's host."""
    return f"/pictures/{name}-{size}.webp"


def respond(tenant_id: int, name: str, size: str) -> Response:
    """Return the answer with a picture's bytes. An address never shows another picture, so it may be kept for ever.

    :raises NotFound: when this tenant has no such picture.
    """
    is_known = size in EDGES and _NAME.fullmatch(name) is not None
    content = store().get(_key(tenant_id, name, size)) if is_known else None
    if content is None:
        raise NotFound("This picture is not here.")
    response = send_file(BytesIO(content), mimetype="image/webp", etag=f"{name}-{size}")
    # For this browser only: what a hall shows to members must not lie in a cache that others share.
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def forget(tenant_id: int, name: str) -> None:
    """Remove a picture in every size."""
    for size in EDGES:
        store().delete(_key(tenant_id, name, size))


def _key(tenant_id: int, name: str, size: str) -> str:
    return key_for("pictures", tenant_id, name, f"-{size}.webp")


def _press(content: bytes, folder: Path) -> tuple[int, int]:
    sizes = [f"{name}={edge}" for name, edge in EDGES.items()]
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
    elif found := re.fullmatch(r"(\d+) (\d+)", answer):
        return int(found[1]), int(found[2])
    else:
        raise NotAPicture
