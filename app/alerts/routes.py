"""A member's alerts: the list of them, one with what it found, saving and changing; and the ways out of letters."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.alerts import feeds, from_letters
from app.alerts.blueprint import blueprint
from app.alerts.forms import TELLING, AboutAlert
from app.alerts.keeping import MOST, words_of
from app.alerts.models import Alert
from app.alerts.queries import alerts_of, found_by, same_as, waiting_for
from app.alerts.wording import in_words, pace_in_words, proposed_name
from app.authorization import MembershipNeeded, authorized, current_member, may
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.wording import listed, moment
from app.gigs.cards import cards
from app.gigs.search import Search
from app.policies import BE_HERE, LOOK_AROUND, RUN_ALERT, lacks
from tenants.context import current_tenant, current_tenant_id
from tenants.links import hall_url

__all__ = ["blueprint", "feeds", "from_letters"]


def alert_or_404(alert_id: UUID) -> Alert:
    """Return an alert.

    :raises NotFound: when there is none of that id here.
    """
    alert = db.session.get(Alert, (current_tenant_id(), alert_id))
    if alert is None:
        raise NotFound
    return alert


@blueprint.get("/alerts")
@authorized(BE_HERE)
def index() -> str:
    sees = may(LOOK_AROUND)
    rows = [
        {**_shown(row.Alert), "waiting": row.waiting if sees else 0, "last_at": row.last_at}
        for row in alerts_of(current_member().id)
    ]
    return render_template("alerts/index.html", rows=rows, most=MOST)


@blueprint.get("/alerts/new")
@authorized(LOOK_AROUND)
def new() -> str | Response:
    search = _search()
    same = same_as(words_of(search), current_member().id)
    if same is not None:
        flash(_("You have this alert already."))
        return redirect(url_for(".show", alert_id=same))
    proposed = {"name": proposed_name(search), "pace": "daily", "weekday": 0, "hour": 8, "channels": ["app", "email"]}
    return _form_page(AboutAlert(data=proposed), search)


@blueprint.post("/alerts")
@authorized(LOOK_AROUND)
def save() -> tuple[str, int] | Response:
    """Save the search of this address, as the listing has it."""
    form, search = AboutAlert(), _search()
    if not form.validate_on_submit():
        return _form_page(form, search), 422
    alert = Alert.save(search, by=current_member(), now=clock.now(), **form.choices)
    if form.wants_feed:
        alert.open_feed()
    flash(_("Saved. You will hear of new gigs."))
    return redirect(url_for(".show", alert_id=alert.id))


@blueprint.get("/alerts/<uuid:alert_id>")
@authorized(RUN_ALERT, load=alert_or_404)
def show(alert: Alert) -> str:
    if purpose := lacks(LOOK_AROUND, current_member()):
        raise MembershipNeeded(purpose)
    page = found_by(alert, request.args.get("at"))
    one, token, hall = _shown(alert), alert.feed_token, current_tenant()
    links = [hall_url(hall, "alerts.feed", token=token, form=form) for form in ("atom", "json")] if token else []
    return render_template(
        "alerts/show.html",
        one=one,
        alert=alert,
        told=_told(one, waiting_for(alert)),
        page=page,
        rows=cards(page, level=3),
        links=links,
    )


@blueprint.get("/alerts/<uuid:alert_id>/edit")
@authorized(RUN_ALERT, load=alert_or_404)
def edit(alert: Alert) -> str:
    channels = {"app": alert.in_app, "email": alert.by_mail, "feed": alert.feed_hash is not None}
    kept = {name: getattr(alert, name) for name in ("name", "pace", "weekday", "hour")}
    form = AboutAlert(data={**kept, "channels": [name for name, is_on in channels.items() if is_on]})
    return _form_page(form, alert.search, alert)


@blueprint.post("/alerts/<uuid:alert_id>")
@authorized(RUN_ALERT, load=alert_or_404)
def revise(alert: Alert) -> tuple[str, int] | Response:
    form = AboutAlert()
    if not form.validate_on_submit():
        return _form_page(form, alert.search, alert), 422
    alert.revise(by=current_member(), now=clock.now(), **form.choices)
    if form.wants_feed and alert.feed_hash is None:
        alert.open_feed()
    elif not form.wants_feed:
        alert.close_feed()
    flash(_("Saved."))
    return redirect(url_for(".show", alert_id=alert.id))


@blueprint.post("/alerts/<uuid:alert_id>/pause")
@authorized(RUN_ALERT, load=alert_or_404)
def pause(alert: Alert) -> Response:
    alert.pause()
    flash(_("Paused. It looks for nothing until you resume it."))
    return redirect(url_for(".show", alert_id=alert.id))


@blueprint.post("/alerts/<uuid:alert_id>/resumption")
@authorized(RUN_ALERT, load=alert_or_404)
def resume(alert: Alert) -> Response:
    alert.resume(by=current_member(), now=clock.now())
    flash(_("It looks for new gigs again."))
    return redirect(url_for(".show", alert_id=alert.id))


@blueprint.post("/alerts/<uuid:alert_id>/renewal")
@authorized(RUN_ALERT, load=alert_or_404)
def renew(alert: Alert) -> Response:
    alert.renew(now=clock.now())
    flash(_("Renewed for a year."))
    return redirect(url_for(".show", alert_id=alert.id))


@blueprint.post("/alerts/<uuid:alert_id>/end")
@authorized(RUN_ALERT, load=alert_or_404)
def end(alert: Alert) -> Response:
    alert.end()
    flash(_("Deleted."))
    return redirect(url_for(".index"))


@blueprint.post("/alerts/<uuid:alert_id>/feed")
@authorized(RUN_ALERT, load=alert_or_404)
def renew_feed(alert: Alert) -> Response:
    """Give it an address, or another one in place of what somebody else may know."""
    alert.open_feed()
    flash(_("Here is the new address."))
    return redirect(url_for(".show", alert_id=alert.id))


def _search() -> Search:
    """Return the search of this address. What a category asks of its own is no part of an alert."""
    return replace(Search.read(request.args), asks=None)


def _told(one: dict[str, Any], waiting: int) -> list[tuple[str, str]]:
    """Return what is known of an alert, as pairs of a label and words."""
    alert, next_at = one["alert"], one["next_at"]
    channels = {"app": alert.in_app, "email": alert.by_mail, "feed": alert.feed_hash is not None}
    told = [
        (_("It looks for"), one["looks_for"]),
        (_("How often"), one["pace"]),
        (_("Where"), listed([str(TELLING[name]) for name, is_on in channels.items() if is_on])),
        (_("Next"), moment(next_at, one["zone"]) if next_at and (alert.in_app or alert.by_mail) else ""),
        (_("Waits to be told"), ngettext("%(num)s gig", "%(num)s gigs", waiting) if waiting else ""),
    ]
    return [(label, words) for label, words in told if words]


def _shown(alert: Alert) -> dict[str, Any]:
    """Return what both pages say of an alert. `state` is `on`, `paused` or `ended`."""
    now = clock.now()
    return {
        "alert": alert,
        "looks_for": in_words(alert.search),
        "pace": pace_in_words(alert),
        "state": "ended" if alert.has_ended(now) else alert.state,
        "ends_soon": alert.ends_soon(now),
        "next_at": alert.next_at if alert.is_on and not alert.has_ended(now) else None,
        "zone": current_member().time_zone or current_tenant().time_zone,
        "listing": url_for("gigs.index") + alert.search.query(),
    }


def _form_page(form: AboutAlert, search: Search, alert: Alert | None = None) -> str:
    action = url_for(".revise", alert_id=alert.id) if alert else url_for(".save") + search.query(sort=None)
    back = url_for(".show", alert_id=alert.id) if alert else url_for("gigs.index") + search.query()
    return render_template(
        "alerts/form.html", form_=form, looks_for=in_words(search), alert=alert, action=action, back=back
    )
