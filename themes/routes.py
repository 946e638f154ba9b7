"""The addresses of a theme: a stylesheet on every host, and a hall's icon on its own."""

from flask import Blueprint, Response

from app.authorization import public
from app.core.errors import NotFound
from tenants.context import tenant
from themes.icon import icon, icon_digest
from themes.stylesheet import stylesheet
from themes.theme import theme_of

FOREVER = "public, max-age=31536000, immutable"
# What another edition of the code asked for, while a release is rolled out.
BRIEFLY = "no-cache"


class NoSuchTheme(NotFound):
    message = "There is no such theme."


@public
def sheet(written: str) -> Response:
    """Answer with the stylesheet that the address spells out; it needs neither tenant nor session."""
    found = theme_of(written)
    if found is None:
        raise NoSuchTheme
    theme, is_current = found
    return _kept(stylesheet(theme), "text/css", is_current=is_current)


@public
def own_icon(written: str) -> Response:
    """Answer with the icon of the hall at this address."""
    document = icon(tenant.name, tenant.brand_colour)
    return _kept(document, "image/svg+xml", is_current=written == icon_digest(tenant.name, tenant.brand_colour))


def _kept(content: str, kind: str, *, is_current: bool) -> Response:
    response = Response(content, content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = FOREVER if is_current else BRIEFLY
    return response


blueprints = tuple(
    Blueprint(f"themes_{site}" if site != "hall" else "themes", __name__, subdomain=site)
    for site in ("hall", "id", "platform")
)
for blueprint in blueprints:
    blueprint.add_url_rule("/theme-<written>.css", "sheet", sheet)
    if blueprint.name == "themes":
        blueprint.add_url_rule("/icon-<written>.svg", "own_icon", own_icon)
