"""Operators' pages about money, on the platform's own host."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.accounts.identity_host import keep_private
from app.core import clock
from app.core.config import config
from app.core.errors import Invalid
from app.core.forms import Form, Text
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.operating import reads, words
from app.operating.doors import operators_only
from app.operating.models import note
from billing.connections import Connection as Account
from billing.connections import runs_on_stand_in
from billing.inbox import STATES
from billing.jobs import reconcile_all, replay, replay_failed
from tenants.across import across_tenants

blueprint = Blueprint("operating", __name__, subdomain="platform", url_prefix="/operator")
blueprint.after_request(keep_private)


class Search(Form):
    q = Text(
        _l("An event, object or account of Stripe’s"), max=200, attributes={"type": "search", "autocomplete": "off"}
    )


@blueprint.get("/")
@operators_only
def start() -> Response:
    return redirect(url_for(".events"))


@blueprint.get("/money")
@operators_only
def events() -> str:
    form = Search(request.args)
    asked = form.q.data if form.validate() else ""
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    page = reads.events(state=state, asked=asked, at=request.args.get("at"))
    with _across("events") as across:
        return _shown("events", across, form=form, page=page, state=state, states=words.EVENTS)


@blueprint.get("/money/operations")
@operators_only
def operations() -> str:
    return _listed("operations", reads.operations)


@blueprint.get("/money/differences")
@operators_only
def differences() -> str:
    healed = request.args.get("state") == "healed"
    with _across("differences") as across:
        page = reads.differences(across, healed=healed, at=request.args.get("at")) if across is not None else None
        refused = reads.refused_comparisons(across) if across is not None else ()
        return _shown(
            "differences",
            across,
            page=page,
            refused=refused,
            healed=healed,
            states=words.DIFFERENCES,
            tones=words.TONES,
        )


@blueprint.get("/money/accounts")
@operators_only
def accounts() -> str:
    return _listed("accounts", reads.accounts, standing=_standing)


@blueprint.get("/money/log")
@operators_only
def log() -> str:
    page = reads.actions(at=request.args.get("at"))
    with _across("log") as across:
        return _shown("log", across, page=page, actions=words.ACTIONS)


@blueprint.post("/money/replays")
@operators_only
def replays() -> Response:
    """Have one event followed once more, or all that failed. What was done before is not done twice."""
    now, source, event_id = clock.now(), request.form.get("source", ""), request.form.get("event_id", "")
    if request.form.get("which") == "failed":
        many = replay_failed()
        note(g.operator_id, "replayed_failed", str(many), now=now)
        flash(ngettext("%(num)s event will be followed once more.", "%(num)s events will be followed once more.", many))
    else:
        if "\0" in source + event_id:
            raise Invalid
        replay(source, event_id)
        note(g.operator_id, "replayed", f"{source} {event_id}", now=now)
        flash(_("%(event)s will be followed once more.", event=event_id))
    return redirect(url_for(".events"))


@blueprint.post("/money/comparisons")
@operators_only
def comparisons() -> Response:
    """Compare everything with Stripe now, as every night."""
    reconcile_all.enqueue(once="asked for")
    note(g.operator_id, "compared", "", now=clock.now())
    flash(_("Everything is being compared with Stripe. Large marketplaces take a while."))
    return redirect(url_for(".differences"))


def _listed(name: str, read: Callable[..., Any], **values: Any) -> str:
    """Return a page of rows of every marketplace."""
    with _across(name) as across:
        page = read(across, at=request.args.get("at")) if across is not None else None
        return _shown(name, across, page=page, **values)


@contextmanager
def _across(purpose: str) -> Iterator[Connection | None]:
    """Give a look across marketplaces; None where this process has no address for it."""
    if config().database_operator_url:
        with across_tenants(str(g.operator_id), f"/operator/money: {purpose}") as connection:
            yield connection
    else:
        yield None


def _standing(row: Any) -> Any:
    kept = Account(**{column.key: getattr(row, column.key) for column in Account.__table__.columns})
    return words.STANDINGS[kept.standing]


def _shown(name: str, across: Connection | None, **values: Any) -> str:
    return render_template(
        f"operating/{name}.html",
        here=name,
        overview=reads.overview(across),
        is_played=runs_on_stand_in(),
        takes_money=bool(config().stripe_key),
        is_across=across is not None,
        tones=values.pop("tones", words.TONES),
        **values,
    )
