"""A project's page, put together for whoever looks: every value in words before a template sees it."""

from dataclasses import replace
from typing import Any

from flask import url_for

from app.agreements.states import AGREEMENT
from app.core import clock, markdown
from app.core.languages import gettext as _
from app.core.timers import day_of
from app.core.wording import day
from app.profiles.people import Person, people
from app.projects.amounts import shown
from app.projects.handing import handover_of
from app.projects.models import Handover, Project, Role
from app.projects.models.budget import budget_of
from app.projects.models.cast import Cast
from app.projects.models.client import LEADERS
from app.projects.models.seat import seat_of
from app.projects.offers import offer_in_words
from app.projects.plan import Plan
from app.projects.plan_shown import awaits, late_in_words, steps_in_words
from app.projects.reading import talk_of
from app.projects.shown import may_write, messages_of, rooms_of
from app.projects.standing import standing_of
from app.projects.states import PROJECT, ROLE_LABELS
from app.projects.timeline import Span, picture_of
from tenants.context import Actor, tenant

#: How much of the talk stands on the project's own page.
_LATELY = 3
#: The colour of each state, by the states that badges know.
_TONES = {
    "draft": "draft",
    "in_review": "in_review",
    "open": "open",
    "asked": "proposed",
    "ready": "agreed",
    "at_work": "active",
    "done": "accepted",
    "dropped": "closed",
}


def page_of(project: Project, viewer: Actor) -> dict[str, Any]:
    """Return everything that a project's page shows: the client all of it but the team's own notes, the coordinator all, and
    whoever plays a role the plan and their own money.
    """
    cast, handovers = Cast(project.roles()), project.handovers()
    roles, seat, side = cast.roles, seat_of(project, viewer.id, cast), _side_of(project, viewer)
    known = people({project.client_id, project.coordinator_id} | cast.team())
    offer = project.open_offer() if side != "worker" else None
    was_replaced = seat.side == "former" and side == "worker"
    rows = [] if was_replaced else [_role(project, cast, role, known, viewer, side) for role in roles]
    theirs = [_what_was_theirs(cast, role, viewer) for role in roles] if was_replaced else []
    if was_replaced:
        rows = [row for row in theirs if row is not None]
    shown_rows = rows if side == "coordinator" else [row for row in rows if row["state"] != "dropped"]
    today = clock.today(tenant.time_zone)
    plan = Plan.of(cast, project.pairs())
    for row in shown_rows:
        row["steps"] = [] if was_replaced else steps_in_words(plan, row["id"], today)
        row["span"] = replace(row["span"], awaits=awaits(plan, row["id"]) if not was_replaced else ())
    return {
        "late": [] if was_replaced else [late_in_words(step, held, known) for step, held in plan.late(today)],
        "project": project,
        "side": side,
        "seat": seat,
        "rooms": rooms_of(project, seat, "show"),
        "client": known[project.client_id],
        "coordinator": known[project.coordinator_id],
        "label": PROJECT.labels[project.state],
        "standing": standing_of(
            project, ("former" if rows else "led") if was_replaced else side, cast, offer, known, today
        ),
        "brief": markdown.render(project.brief),
        "roles": shown_rows,
        "picture": picture_of([row["span"] for row in shown_rows], today),
        "offer": offer_in_words(project, offer) if offer else None,
        "budget": _budget(project, roles, rows) if side != "worker" else None,
        "mine": _mine(project, cast, viewer) if side == "worker" else [],
        "may_act_for_hall": viewer.has_role(*LEADERS),
        "handover": handover_of(project, viewer),
        "led_before": _led_before(handovers, today),
        "lately": messages_of(project, talk_of(project, seat).items[:_LATELY])[::-1] if seat.reads_along else [],
        "may_write": may_write(project, seat),
    }


def _side_of(project: Project, viewer: Actor) -> str:
    """Return as whom somebody reads the page; whoever is asked to lead it reads what they would lead."""
    if viewer.id == project.coordinator_id:
        return "coordinator"
    elif project.is_asked_to_lead(viewer.id):
        return "successor"
    return "client" if project.acts_as_client(viewer) else "worker"


def _led_before(handovers: list[Handover], today: Any) -> list[dict[str, Any]]:
    known = people(one.from_id for one in handovers)
    return [{"person": known[one.from_id], "until": day(day_of(one.state_changed_at, tenant.time_zone), today)}
            for one in handovers]  # fmt: skip


def state_of(cast: Cast, role: Role) -> str:
    """Return where a role stands, one of `ROLE_LABELS`."""
    if role.dropped_at is not None:
        return "dropped"
    if cast.held(role) is not None:
        return "at_work"
    elif role.is_ready:
        return "ready"
    elif role.asked_at is not None and not role.was_taken and role.application and role.application.is_unanswered:
        return "asked"
    elif cast.played(role) is not None:
        return "done"
    else:
        return {"draft": "draft", "in_review": "in_review"}.get(role.gig.state, "open")


def _role(
    project: Project, cast: Cast, role: Role, known: dict[Any, Person], viewer: Actor, side: str
) -> dict[str, Any]:
    today, state = clock.today(tenant.time_zone), state_of(cast, role)
    agreements = cast.agreements(role)
    latest = agreements[-1] if agreements else None
    is_played = state in ("at_work", "done") and latest is not None
    source: Any = latest if is_played else role.part if role.terms else role.gig
    worker_id = latest.worker_id if is_played and latest else role.worker_id
    sees = side != "worker" or worker_id == viewer.id
    milestones = cast.milestones(latest) if is_played and latest else list(role.part.milestones if role.terms else ())
    others = {one.id: one for one in cast.roles}
    waits = others.get(role.waits_for_id) if role.waits_for_id else None
    return {
        "id": role.id,
        "title": role.gig.title,
        "phase": role.phase,
        "state": state,
        "tone": _TONES[state],
        "label": ROLE_LABELS[state],
        "gig_id": role.gig_id,
        "person": known.get(worker_id) if worker_id and (state != "asked" or side == "coordinator") else None,
        "before": [known[one.worker_id] for one in agreements[:-1] if one.was_agreed]
        if is_played
        else [known[one.worker_id] for one in agreements if one.was_agreed],
        "agreement": url_for("agreements.show", agreement_id=latest.id)
        if is_played and latest and latest.is_party(viewer.id)
        else "",
        "part": url_for("projects.part", role_id=role.id) if role.worker_id == viewer.id and not is_played else "",
        "waits_for": waits.gig.title if waits else "",
        "from": day(source.starts_on, today) if source.starts_on else "",
        "to": day(source.due_on, today) if source.due_on else "",
        "amount": shown(amount, project.currency) if sees and (amount := _price(project, role, source)) else "",
        "done": sum(1 for part in milestones if getattr(part, "is_accepted", False)),
        "parts": len(milestones),
        "span": Span(
            role.id,
            source.starts_on,
            source.due_on,
            _TONES[state],
            role.waits_for_id,
            tuple(part.due_on for part in milestones if part.due_on),
        ),
    }


def _what_was_theirs(cast: Cast, role: Role, viewer: Actor) -> dict[str, Any] | None:
    """Return the row of whoever is no longer in a role: their own part as it ended, and nothing of what came after."""
    theirs = [one for one in cast.agreements(role) if one.was_agreed and one.worker_id == viewer.id]
    if not theirs:
        return None
    last, today = theirs[-1], clock.today(tenant.time_zone)
    milestones = cast.milestones(last)
    return {
        "id": role.id,
        "title": last.title,
        "phase": role.phase,
        "state": "handed_on",
        "tone": last.state,
        "label": AGREEMENT.labels[last.state],
        "gig_id": role.gig_id,
        "person": None,
        "before": [],
        "agreement": url_for("agreements.show", agreement_id=last.id),
        "part": "",
        "waits_for": "",
        "from": day(last.starts_on, today) if last.starts_on else "",
        "to": day(last.due_on, today) if last.due_on else "",
        "amount": "",
        "done": sum(1 for part in milestones if part.is_accepted),
        "parts": len(milestones),
        "span": Span(role.id, last.starts_on, last.due_on, "closed"),
    }


def _price(project: Project, role: Role, source: Any) -> int:
    if project.settlement == "credits":
        return source.credits_minutes or 0
    elif project.settlement == "money":
        return (source.pay_min if source is role.gig else source.amount) or 0
    return 0


def _budget(project: Project, roles: list[Role], rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the money of a project as a table: a row for each role, the fees, what is kept, and the whole."""
    if project.settlement == "none" or project.accepted_at is None:
        return None
    budget = budget_of(project, roles)

    def cells(*amounts: int) -> list[str]:
        return [shown(amount, project.currency) for amount in amounts]

    sums, titles = budget.sums, {row["id"]: row["title"] for row in rows}
    lines = [
        [titles.get(role_id, ""), *cells(one.agreed, one.funded, one.earned, one.paid)]
        for role_id, one in budget.roles.items()
        if one.agreed or one.funded
    ]
    return {
        "rows": lines,
        "whole": [_("Together"), *cells(sums.agreed, sums.funded, sums.earned, sums.paid)],
        "facts": [
            (_("Agreed to spend"), shown(budget.total, project.currency)),
            (_("Of it for the work"), shown(sums.price, project.currency)),
            *([(_("For coordinating"), shown(sums.coordinator, project.currency))] if sums.coordinator else []),
            *([(_("Fee of %(hall)s", hall=tenant.name), shown(sums.hall, project.currency))] if sums.hall else []),
            (_("Left for what nobody foresaw"), shown(budget.left, project.currency)),
        ],
        "paid": sums.paid,
        "total": budget.total,
    }


def _mine(project: Project, cast: Cast, viewer: Actor) -> list[tuple[str, str]]:
    """Return what somebody's own part comes to: what they do not see is everybody else's."""
    own = [one for role in cast.roles for one in cast.agreements(role) if one.worker_id == viewer.id]
    if project.settlement == "none" or not own:
        return []
    price = sum(one.amount or one.credits_minutes or 0 for one in own if one.state != "cancelled")
    return [(_("Your part"), shown(price, project.currency))]
