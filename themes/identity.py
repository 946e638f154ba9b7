"""The pictures by which a hall is known outside its pages: icons for home screens, and what a link to it looks like.

Icons show the logo that a leader brought, as far as it is a mark, and the crest otherwise. They are drawn when somebody first
asks for one, by `themes.identity_press`, and then kept under a digest of all that they depend on.
"""

import hashlib
import json
import subprocess
import sys
from base64 import b64encode
from threading import Lock

import structlog

from app.core.config import ROOT
from app.core.errors import NotFound
from app.core.languages import lazy_gettext as _l
from app.core.pictures import bytes_of
from app.core.store import key_for, store
from tenants.context import TenantInfo
from themes.theme import EDITION
from themes.uploads import LOGOS, mark_of

log = structlog.get_logger()

# What is drawn, with its width and height.
DRAWN = {
    "icon-64": (64, 64),
    "icon-192": (192, 192),
    "icon-512": (512, 512),
    "maskable-512": (512, 512),
    "touch-180": (180, 180),
    "social": (1200, 630),
}
_SECONDS = 30
# One at a time in each process: drawing takes a processor and some memory.
_drawing = Lock()


class CannotDraw(NotFound):
    message = _l("This picture cannot be drawn just now.")


def drawn_url(what: str, hall: TenantInfo) -> str:
    """Return the address of one of `DRAWN` on the hall's own host; it draws nothing."""
    return f"/drawn/{what}-{drawn_digest(what, hall)[:16]}.png"


def drawn_digest(what: str, hall: TenantInfo) -> str:
    """Return what changes with everything that the picture shows, and with the way it is drawn."""
    asked = json.dumps(_asked(what, hall), sort_keys=True)
    return hashlib.sha256(f"{EDITION}:{asked}".encode(errors="replace")).hexdigest()[:32]


def drawn(what: str, hall: TenantInfo) -> bytes:
    """Return the PNG, drawn now if nobody has asked for it before.

    :raises CannotDraw: when drawing failed.
    """
    key = key_for("drawn", hall.id, drawn_digest(what, hall))
    content = store().get(key)
    if content is None:
        with _drawing:
            content = store().get(key) or _press(_with_the_mark(_asked(what, hall), hall))
            store().put(key, content)
    return content


def _asked(what: str, hall: TenantInfo) -> dict[str, str]:
    asked = {"what": what, "name": hall.name, "colour": hall.brand_colour}
    if what == "social":
        asked["preset"] = hall.preset
        # Of a hall that only members see, others learn its name and no more.
        asked["tagline"] = hall.tagline if hall.who_may_see == "anyone" else ""
    elif mark := mark_of(hall.logo):
        asked["mark"] = mark.name
    return asked


def _with_the_mark(asked: dict[str, str], hall: TenantInfo) -> dict[str, str]:
    """Return what is asked with the logo itself where its name stood; the process that draws can read no files of ours."""
    content = bytes_of(hall.id, asked.pop("mark", ""), "large", LOGOS)
    return asked | {"mark": b64encode(content).decode()} if content else asked


def _press(asked: dict[str, str]) -> bytes:
    command = [sys.executable, "-m", "themes.identity_press"]
    try:
        pressed = subprocess.run(
            command,
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=_SECONDS,
            cwd=ROOT,
            env={},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as failure:
        log.error("cannot draw", what=asked["what"], error=str(failure))
        raise CannotDraw from None
    return pressed.stdout
