"""The climb on a gig's own page, for its author: what was done, what comes next and when, and how to stop it."""

from datetime import datetime
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from app.climbing.queries import climb_of
from app.core import clock
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.timers import day_of
from app.core.wording import short_day
from app.gigs.models.seats import takes_applications
from app.gigs.panels import adds_panel
from app.gigs.standing import NextStep, Standing, refines_standing
from app.policies import RUN_GIG, allows
from app.recruiting.models import first_step
from app.recruiting.states import CLIMB
from tenants.context import Actor, tenant


@refines_standing
def with_people(gig: Any, viewer: Actor | None, standing: Standing) -> Standing:
    """Offer its author the people who fit, while it takes some."""
    if not allows(RUN_GIG, viewer, gig) or not _takes_people(gig):
        return standing
    fitting = NextStep(_("People who fit"), href=url_for("climbing.people_who_fit", gig_id=gig.id), icon="people")
    return standing.first(fitting) if not standing.steps else _second(standing, fitting)


@adds_panel
def panel(gig: Any, viewer: Actor | None) -> Markup | str:
    """Return the climb of a gig for its author, while it takes people."""
    if not allows(RUN_GIG, viewer, gig) or not _takes_people(gig):
        return ""
    row, settled = climb_of(gig.id)
    if not settled.climbs and not row.taken:
        return ""
    state, now = row.state or "waiting", clock.now()
    next_at = row.next_at or (first_step(gig.published_at, settled, now=now) if row.state is None else None)
    is_climbing = settled.climbs and row.stopped_at is None
    return Markup(
        render_template(
            "climbing/panel.html",
            gig_id=gig.id,
            stages=_stages(row.taken or [], next_at if is_climbing and not row.somebody_waits else None),
            current=CLIMB.states.index(state) + 1,
            said=_said(row, is_climbing, next_at),
            is_stopped=row.stopped_at is not None,
            is_climbing=is_climbing and next_at is not None,
        )
    )


def _said(row: Any, is_climbing: bool, next_at: datetime | None) -> str:
    if row.stopped_at is not None:
        return _("You stopped it. Nobody else is told by itself.")
    elif not is_climbing:
        return _("The leaders have switched this off; nobody else is told by itself.")
    elif next_at is None:
        return _("Everybody who may see it has been told.")
    elif row.somebody_waits:
        return _("It rests while somebody who raised a hand waits for your answer.")
    else:
        return _("As long as nobody raises a hand, more people are told, step by step, each of them once.")


def _stages(taken: list[dict[str, Any]], next_at: datetime | None) -> list[dict[str, str]]:
    done = {one["step"]: one for one in taken}
    stages = []
    for step, label in CLIMB.labels.items():
        if step in done:
            when = _on(datetime.fromisoformat(done[step]["at"]))
            told = done[step]["told"]
            note = ngettext("%(num)s person told, %(day)s", "%(num)s people told, %(day)s", told, day=when)
        elif next_at is not None and step != "waiting":
            note, next_at = _("from %(day)s", day=_on(next_at)), None
        else:
            note = ""
        stages.append({"key": step, "label": str(label), "note": note})
    return stages


def _on(moment: datetime) -> str:
    return short_day(day_of(moment, tenant.time_zone))


def _takes_people(gig: Any) -> bool:
    return gig.state == "open" and takes_applications(gig)


def _second(standing: Standing, step: NextStep) -> Standing:
    """Return a standing with a step behind its first, which stays the first thing to do."""
    first, *rest = standing.steps
    return Standing(
        standing.title, standing.text, standing.until, (first, step, *rest), standing.more, standing.is_theirs
    )
