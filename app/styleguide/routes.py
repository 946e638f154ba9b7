"""The living pages of components: every one in every state and look, with its markup and when to use it."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response, make_response, render_template, render_template_string, request
from markupsafe import Markup

from app.authorization import public
from app.core.errors import NotFound
from app.policies import SEE_HALL
from app.styleguide import sample_figures, sample_forms, sample_front, sample_work, samples
from app.styleguide.entries import GROUPS, Entry, entries, entry_or_none, neighbours, sample_pages
from app.styleguide.letters import LetterShown, every_letter
from app.styleguide.looks import Looks
from app.styleguide.machines import as_html
from app.styleguide.markup import highlighted, miniature
from themes.drawing import pattern
from themes.letters import PLATFORM_LOOK, sender_of
from themes.presets import PRESETS
from themes.stylesheet import stylesheet_url

blueprint = Blueprint(
    "styleguide", __name__, subdomain="platform", url_prefix="/styleguide", template_folder="templates"
)

_EVERYTHING = {
    name: getattr(module, name)
    for module in (samples, sample_work, sample_forms, sample_figures, sample_front)
    for name in vars(module)
    if not name.startswith("_")
}


@blueprint.get("/")
@public
def index() -> str:
    pictures = {entry.name: miniature(_shown(entry, 0)) for group in GROUPS for entry in entries(group)}
    return _page("index.html", pictures=pictures, pages=sample_pages(), letters=every_letter())


@blueprint.get("/states")
@public
def states() -> str:
    return _page("states.html", machines=as_html())


@blueprint.get("/components/<name>")
@public
def component(name: str) -> str:
    """Show a component in every state, with the markup of each."""
    entry = _entry_or_404(name)
    before, after = neighbours(name)
    return _page(
        "component.html",
        entry=entry,
        shown=_every_state(entry),
        sources=[highlighted(state.source) for state in entry.states],
        preamble=highlighted(entry.preamble),
        signatures=[highlighted("{{ " + sign + " }}") for sign in entry.signatures],
        before=before,
        after=after,
    )


@blueprint.get("/components/<name>/bare")
@public
def bare(name: str) -> str:
    """Show a component's states and nothing else: for frames."""
    entry = _entry_or_404(name)
    return _page("bare.html", entry=entry, shown=_every_state(entry))


@blueprint.get("/beside/<path:what>")
@public
def beside(what: str) -> str:
    """Show a page of the guide in every look side by side, each in a frame; `?width=phone` makes the frames narrow."""
    return _page("beside.html", what=what, is_narrow=request.args.get("width") == "phone")


@blueprint.get("/pages/<name>")
@public
def page(name: str) -> str:
    """Show a whole page; `?as=visitor` shows it to somebody who is not signed in."""
    if name not in sample_pages():
        raise NotFound
    me = None if request.args.get("as") == "visitor" else samples.ME
    hall = _hall()

    # There is no marketplace here whose table could be asked: members may do anything, visitors look around.
    def may(permission: str, *_: Any) -> bool:
        return me is not None or permission == SEE_HALL

    return _page(f"pages/{name}.html", hall=hall, me=me, site="hall", home="#", page_links=list, may=may, could=may)


@blueprint.get("/letters/<name>")
@public
def letter(name: str) -> str:
    """Show an e-mail in both its parts, at the width of a desk and of a phone."""
    found = _letter_or_404(name)
    return _page("letter.html", name=name, letter=found.letter, text=_as_text(found), letters=every_letter())


@blueprint.get("/letters/<name>/html")
@public
def letter_as_html(name: str) -> Response:
    """Answer with an e-mail's HTML part as it is sent."""
    found = _letter_or_404(name)
    shown = make_response(found.letter.as_html(found.hall_in(Looks.asked().chosen)))
    # E-mail carries its styles in place; it may do nothing else here.
    shown.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    return shown


@blueprint.get("/letters/<name>/text")
@public
def letter_as_text(name: str) -> Response:
    """Answer with an e-mail's plain part as it is sent."""
    return Response(_as_text(_letter_or_404(name)), mimetype="text/plain")


def _entry_or_404(name: str) -> Entry:
    entry = entry_or_none(name)
    if entry is None:
        raise NotFound
    return entry


def _letter_or_404(name: str) -> LetterShown:
    letters = every_letter()
    if name not in letters:
        raise NotFound
    return letters[name]


def _as_text(found: LetterShown) -> str:
    return found.letter.as_text(sender_of(found.hall))


def _every_state(entry: Entry) -> list[Markup]:
    return [_shown(entry, at) for at in range(len(entry.states))]


def _shown(entry: Entry, at: int) -> Markup:
    source = f"{entry.preamble}\n{entry.states[at].source}"
    # What asks where it is finds a marketplace that leads nowhere, and somebody who may do anything.
    around = {"hall": _hall(), "may": lambda *_: True, "url_for": lambda *_, **__: "#"}
    return Markup(render_template_string(source, samples=SimpleNamespace(**_EVERYTHING), **around))


def _hall() -> SimpleNamespace:
    """Return the marketplace of the samples in the look that is asked for."""
    preset, colour = Looks.asked().chosen or PLATFORM_LOOK
    return SimpleNamespace(
        **vars(samples.HALL),
        pattern=pattern(samples.HALL.name, PRESETS[preset].pattern),
        stylesheet_url=stylesheet_url(preset, colour),
    )


def _page(template: str, **more: Any) -> str:
    looks = Looks.asked()
    return render_template(
        f"styleguide/{template}",
        samples=SimpleNamespace(**_EVERYTHING),
        groups={title: entries(name) for name, title in GROUPS.items()},
        looks=looks,
        look_url=looks.stylesheet_url,
        scheme=looks.scheme,
        **more,
    )
