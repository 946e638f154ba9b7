"""The living page of components: every one in every state, with its markup and when to use it."""

import re
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from app.authorization import public
from app.core.errors import NotFound
from app.styleguide import sample_forms, sample_work, samples
from app.styleguide.entries import GROUPS, entries, sample_pages
from app.styleguide.event_letters import HALL, event_letters
from app.styleguide.machines import as_html
from app.styleguide.sample_letters import LETTERS
from tenants.context import TenantInfo
from themes.drawing import pattern
from themes.letters import PLATFORM_LOOK, Letter, sender_of
from themes.presets import PRESETS
from themes.stylesheet import stylesheet_url

blueprint = Blueprint(
    "styleguide", __name__, subdomain="platform", url_prefix="/styleguide", template_folder="templates"
)


@blueprint.get("/")
@public
def index() -> str:
    return _page(
        "styleguide/index.html",
        groups={name: entries(name) for name in GROUPS},
        pages=sample_pages(),
        letters=LETTERS,
        told=event_letters(),
    )


@blueprint.get("/states")
@public
def states() -> str:
    return _page("styleguide/states.html", machines=as_html())


@blueprint.get("/<group>")
@public
def group(group: str) -> str:
    if group not in GROUPS:
        raise NotFound
    return _page("styleguide/group.html", group=group, entries=entries(group))


@blueprint.get("/pages/<name>")
@public
def page(name: str) -> str:
    """Show a whole page; `?as=visitor` shows it to somebody who is not signed in."""
    if name not in sample_pages():
        raise NotFound
    me = None if request.args.get("as") == "visitor" else samples.ME
    preset, colour = _chosen_look() or PLATFORM_LOOK
    hall = SimpleNamespace(
        **vars(samples.HALL),
        pattern=pattern(samples.HALL.name, PRESETS[preset].pattern),
        stylesheet_url=stylesheet_url(preset, colour),
    )
    return _page(f"styleguide/pages/{name}.html", hall=hall, me=me)


@blueprint.get("/letters/<name>")
@public
def letter(name: str) -> Response:
    """Show an e-mail as its reader does; `?part=text` shows its plain part."""
    return _letter(LETTERS.get(name), None)


@blueprint.get("/letters/told/<name>")
@public
def told(name: str) -> Response:
    """Show the e-mail of one event."""
    return _letter(event_letters().get(name), HALL)


def _letter(letter: Letter | None, sender: TenantInfo | None) -> Response:
    if letter is None:
        raise NotFound
    elif request.args.get("part") == "text":
        return Response(letter.as_text(sender_of(sender)), mimetype="text/plain")
    shown = make_response(letter.as_html(sender))
    # E-mail carries its styles in place; it may do nothing else here.
    shown.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    return shown


def _page(template: str, **more: Any) -> str:
    everything = {
        name: getattr(module, name) for module in (samples, sample_work, sample_forms) for name in dir(module)
    }
    look = _chosen_look()
    return render_template(
        template,
        samples=SimpleNamespace(**everything),
        titles=GROUPS,
        presets=PRESETS,
        preset=look[0] if look else "",
        look_url=stylesheet_url(*look) if look else None,
        kept=request.args.to_dict(),
        **more,
    )


def _chosen_look() -> tuple[str, str] | None:
    """Return the preset and colour that `?preset=workshop&colour=1f4fd8` asks for."""
    preset, colour = request.args.get("preset", ""), request.args.get("colour", "")
    if preset not in PRESETS:
        return None
    return preset, f"#{colour}" if re.fullmatch("[0-9a-f]{6}", colour) else PRESETS[preset].brand_colour
