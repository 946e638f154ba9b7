"""A hall as an application on somebody's home screen: its web-app manifest."""

import hashlib
import json

from tenants.context import TenantInfo
from themes.identity import DRAWN, drawn_url
from themes.theme import EDITION, theme

_SHORT = 12


def manifest(hall: TenantInfo) -> str:
    """Return the manifest as JSON."""
    look = theme(hall.preset, hall.brand_colour)
    colours = look.palette.dark if look.is_dark_first else look.palette.light
    return json.dumps(
        {
            "id": "/",
            "name": hall.name,
            "short_name": _short(hall.name),
            **({"description": hall.tagline} if hall.tagline and hall.who_may_see == "anyone" else {}),
            "lang": hall.locale,
            "dir": "auto",
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": colours["paper"],
            "theme_color": colours["paper"],
            "icons": [_icon("icon-192", hall), _icon("icon-512", hall), _icon("maskable-512", hall, "maskable")],
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def manifest_url(hall: TenantInfo) -> str:
    """Return the address of the manifest on the hall's own host."""
    return f"/manifest-{manifest_digest(hall)}.webmanifest"


def manifest_digest(hall: TenantInfo) -> str:
    """Return what changes with all that the manifest says; it derives no colour."""
    said = (hall.name, hall.tagline, hall.who_may_see, hall.locale, hall.preset, hall.brand_colour, hall.logo)
    return hashlib.sha256(repr((EDITION, said)).encode(errors="replace")).hexdigest()[:12]


def _icon(what: str, hall: TenantInfo, purpose: str = "any") -> dict[str, str]:
    width, height = DRAWN[what]
    return {"src": drawn_url(what, hall), "sizes": f"{width}x{height}", "type": "image/png", "purpose": purpose}


def _short(name: str) -> str:
    """Return what stands under an icon: whole words as far as they fit, else the beginning."""
    short = ""
    for word in name.split():
        if len(f"{short} {word}".strip()) > _SHORT:
            break
        short = f"{short} {word}".strip()
    return short or name[:_SHORT]
