"""Opening a marketplace, step by step, on the platform's own host."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.accounts.people import signed_in_here
from app.authorization import public
from app.core import clock
from app.core.config import config
from app.core.forms import Form
from app.core.languages import gettext as _
from app.core.languages import language, pgettext
from app.core.languages import lazy_gettext as _l
from app.core.limits import allow
from app.joining.choices import preset_notes
from app.openings.draft import Draft
from app.openings.fields import FIELDS
from app.openings.forms import AccessStep, CategoriesStep, FieldStep, LookStep, NameStep, complaint_about
from app.openings.opening import NewAddress, open_marketplace
from tenants.links import hall_url
from tenants.names import UnusableName, host_of
from themes.specimen import specimen_url

blueprint = Blueprint("openings", __name__, subdomain="platform", url_prefix="/open")
STEPS: dict[str, tuple[str, type[Form]]] = {
    "name": (_l("Name"), NameStep),
    "field": (_l("Field"), FieldStep),
    "categories": (_l("Categories"), CategoriesStep),
    "look": (_l("Look"), LookStep),
    "access": (_l("Access"), AccessStep),
}
_ORDER = tuple(STEPS)
_DAY = timedelta(days=1)


@blueprint.get("/")
@public
def start() -> Response:
    """Go on where this browser left off."""
    return redirect(url_for(".step", step=next(Draft.kept().missing(_ORDER), "access")))


@blueprint.get("/<any(name, field, categories, look, access):step>")
@public
def step(step: str) -> str | Response:
    draft = Draft.kept()
    earlier = next(draft.missing(_ORDER), None)
    if earlier is not None and _ORDER.index(earlier) < _ORDER.index(step):
        return redirect(url_for(".step", step=earlier))
    return _page(step, draft, _form(step, draft))


@blueprint.post("/<any(name, field, categories, look, access):step>")
@public
def save_step(step: str) -> tuple[str, int] | Response:
    draft = Draft.kept()
    form = _form(step, draft)
    if not form.validate_on_submit():
        return _page(step, draft, form), 422
    answers = {name: value if value is not None else "" for name, value in form.data.items()}
    draft = draft.with_step(step, answers)
    session.permanent = True
    following = _ORDER[_ORDER.index(step) + 1 :]
    return redirect(url_for(".step", step=following[0]) if following else url_for(".last"))


@blueprint.get("/last")
@public
def last() -> str | Response:
    """Show all that was said, before it becomes real; whoever is not signed in does that first."""
    draft = Draft.kept()
    missing = next(draft.missing(_ORDER), None)
    if missing is not None:
        return redirect(url_for(".step", step=missing))
    return render_template(
        "openings/last.html", draft=draft, person=signed_in_here(), steps=_steps(), places=_places(draft)
    )


@blueprint.post("/marketplaces")
@public
def open_it() -> tuple[str, int] | Response:
    person = signed_in_here()
    draft = Draft.kept()
    if person is None or next(draft.missing(_ORDER), None) is not None:
        return redirect(url_for(".last"))
    user_id = person.user.id
    allow("openings", str(user_id), limit=10, per=_DAY, message=_("Ten marketplaces a day are enough for one person."))
    try:
        open_marketplace(draft, founder_id=user_id, now=clock.now())
    except UnusableName as refusal:
        form = _form("name", draft, was_sent=False)
        form.refuse("slug", refusal.message)
        return _page("name", draft, form), 422
    Draft.forget()
    return redirect(hall_url(NewAddress(host_of(draft.slug)), "accounts.enter", onward="/welcome"))


@blueprint.get("/address")
@public
def address() -> Response:
    """Answer whether an address is free, while it is typed."""
    typed = request.args.get("address", "")[:100].strip().lower()
    complaint = (
        complaint_about(typed) if typed.isascii() and typed.isprintable() else _("Use lowercase letters and digits.")
    )
    message = complaint or _("%(typed)s.%(platform_host)s is free.", typed=typed, platform_host=config().platform_host)
    return jsonify(free=not complaint, message=message, address=typed)


def _form(step: str, draft: Draft, *, was_sent: bool = True) -> Form:
    kind = STEPS[step][1]
    said = {name: getattr(draft, name) for name in kind(formdata=None)._fields if hasattr(draft, name)}
    form = kind(data=said) if was_sent else kind(formdata=None, data=said)
    if isinstance(form, CategoriesStep):
        form.categories.options = [(name, said) for name, said, _ in draft.choices()]
    elif isinstance(form, NameStep) and not form.locale.data:
        form.locale.data = language()
    return form


def _page(step: str, draft: Draft, form: Form) -> str:
    return render_template(
        f"openings/{step}.html",
        form_=form,
        draft=draft,
        steps=_steps(),
        at=_ORDER.index(step) + 1,
        platform_host=config().authority,
        fields=FIELDS,
        styles=preset_notes(),
        notes={name: summary for name, _, summary in draft.choices()} if step == "categories" else {},
        picture=specimen_url(draft.preset, draft.brand_colour, draft.name) if step == "look" else "",
        back=url_for(".step", step=_ORDER[_ORDER.index(step) - 1]) if _ORDER.index(step) else None,
    )


def _steps() -> list[dict[str, str]]:
    shown = [{"label": label, "href": url_for(".step", step=key)} for key, (label, _) in STEPS.items()]
    return [*shown, {"label": pgettext("verb", "Open"), "href": url_for(".last")}]


def _places(draft: Draft) -> dict[str, Any]:
    picture = specimen_url(draft.preset, draft.brand_colour, draft.name)
    said = {name: label for name, label, _ in draft.choices()}
    return {
        "host": f"{draft.slug}.{config().authority}",
        "field": FIELDS[draft.field],
        "categories": [*(said.get(name, name) for name in draft.categories), *([draft.more] if draft.more else [])],
        "picture": picture,
    }
