"""The addresses of a theme: a stylesheet on every host; a hall's icons, manifest and picture for links on its own."""

import gzip

from flask import Blueprint, Response, request

from app.authorization import public
from app.core.errors import NotFound
from app.core.languages import SOURCE
from app.core.languages import lazy_gettext as _l
from tenants.context import current_tenant, tenant
from themes.icon import icon, icon_digest
from themes.identity import DRAWN, drawn, drawn_digest
from themes.manifest import manifest, manifest_digest
from themes.specimen import LONGEST_NAME, specimen, specimen_url
from themes.stylesheet import stylesheet, stylesheet_url
from themes.theme import Theme, theme_of

FOREVER = "public, max-age=31536000, immutable"
# What another edition of the code asked for, while a release is rolled out.
BRIEFLY = "no-cache"


class NoSuchTheme(NotFound):
    message = _l("There is no such theme.")


@public
def sheet(written: str) -> Response:
    """Answer with the stylesheet that the address spells out; it needs neither tenant nor session."""
    theme, is_current = _theme_or_404(written)
    return _kept(stylesheet(theme), "text/css", is_current=is_current)


@public
def own_icon(written: str) -> Response:
    """Answer with the icon of the hall at this address."""
    document = icon(tenant.name, tenant.brand_colour)
    return _kept(document, "image/svg+xml", is_current=written == icon_digest(tenant.name, tenant.brand_colour))


@public
def own_drawing(what: str, written: str) -> Response:
    """Answer with a picture by which the hall is known outside its pages: one of `DRAWN`."""
    hall = current_tenant()
    response = Response(drawn(what, hall), content_type="image/png")
    is_current = written == drawn_digest(what, hall)[:16]
    response.headers["Cache-Control"] = FOREVER if is_current else BRIEFLY
    return response


@public
def own_manifest(written: str) -> Response:
    """Answer with the hall's web-app manifest."""
    hall = current_tenant()
    return _kept(manifest(hall), "application/manifest+json", is_current=written == manifest_digest(hall))


@public
def picture(written: str) -> Response:
    """Answer with a small picture of a hall in the look that the address spells out; `?name=` is the hall's, `in` the language
    of its words.
    """
    theme, is_current = _theme_or_404(written)
    drawn = specimen(theme, request.args.get("name", "")[:LONGEST_NAME], request.args.get("in", SOURCE)[:2])
    return _kept(drawn, "image/svg+xml", is_current=is_current)


@public
def preview() -> dict[str, str]:
    """Answer with the addresses of a look that is being chosen: `?preset=…&brand_colour=…`, and the hall's `name`."""
    preset, colour = request.args.get("preset", ""), request.args.get("brand_colour", "")
    name = request.args.get("name", "")
    return {"stylesheet": stylesheet_url(preset, colour), "specimen": specimen_url(preset, colour, name)}


def _theme_or_404(written: str) -> tuple[Theme, bool]:
    found = theme_of(written)
    if found is None:
        raise NoSuchTheme
    return found


def _kept(content: str, kind: str, *, is_current: bool) -> Response:
    response = Response(content, content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = FOREVER if is_current else BRIEFLY
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"] > 0:
        response.data = gzip.compress(content.encode(), mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response


blueprints = tuple(
    Blueprint(f"themes_{site}" if site != "hall" else "themes", __name__, subdomain=site)
    for site in ("hall", "id", "platform")
)
for blueprint in blueprints:
    blueprint.add_url_rule("/theme-<written>.css", "sheet", sheet)
    blueprint.add_url_rule("/specimen-<written>.svg", "picture", picture)
    blueprint.add_url_rule("/theme-preview", "preview", preview)
    if blueprint.name == "themes":
        blueprint.add_url_rule("/icon-<written>.svg", "own_icon", own_icon)
        blueprint.add_url_rule(
            f"/drawn/<any({', '.join(map(repr, DRAWN))}):what>-<written>.png", "own_drawing", own_drawing
        )
        blueprint.add_url_rule("/manifest-<written>.webmanifest", "own_manifest", own_manifest)
