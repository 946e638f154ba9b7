"""The agreement's page, put together: every value in words before a template sees it."""

from typing import Any
from uuid import UUID

from flask import url_for

from app.activity.recording import history
from app.agreements.contact import contact_details
from app.agreements.models import Agreement, Attachment, Delivery, Milestone, TermsRound
from app.agreements.queries import deliveries_of
from app.agreements.revealing import revealed
from app.agreements.scene import Scene
from app.agreements.stages import STAGES, stage_of
from app.agreements.standing import standing_of
from app.agreements.states import AGREEMENT, MILESTONE, NEGOTIATED
from app.agreements.terms import Terms
from app.agreements.timeline import actors, told
from app.agreements.wording import compared, in_words, marked, pay_in_words
from app.commissions.keeping import kept
from app.commissions.rules import Applied
from app.commissions.wording import Account, account_of
from app.core import clock, markdown
from app.core.forms.uploads import in_megabytes
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.wording import day, money
from app.mandates.wording import said_by
from app.profiles.people import Person, people
from tenants.context import Actor, tenant


def scene_of(agreement: Agreement, viewer: Actor, known: dict[UUID, Person] | None = None) -> Scene:
    """Return what the words on the page depend on."""
    known = known or people([agreement.client_id, agreement.worker_id])
    sides = {agreement.client_id: "client", agreement.worker_id: "worker"}
    return Scene(
        agreement,
        known[agreement.client_id],
        known[agreement.worker_id],
        sides.get(viewer.id, "leader"),
        clock.today(tenant.time_zone),
    )


def page_of(agreement: Agreement, viewer: Actor) -> dict[str, Any]:
    """Return everything that the page of an agreement shows to whoever looks."""
    facts = history("agreement", agreement.id)
    rounds = agreement.rounds()
    helpers = {one.helper_id for one in rounds}
    known = people({agreement.client_id, agreement.worker_id, *helpers} | actors(facts))
    scene = scene_of(agreement, viewer, known)
    position, wrong = stage_of(agreement, facts)
    other_id = agreement.other(viewer.id) if agreement.is_party(viewer.id) else None
    # What two reveal to each other is for them alone, not for whoever acts for one of them.
    is_between_two = other_id is not None and viewer.helper is None
    waiting = agreement.waiting_delivery() if agreement.state == "delivered" else None
    return {
        "agreement": agreement,
        "scene": scene,
        "label": AGREEMENT.labels[agreement.state],
        "standing": standing_of(scene),
        "stages": [label for label, _ in STAGES],
        "position": position,
        "wrong": wrong,
        "terms": _terms(rounds[-2:], scene),
        "talk": _talk(rounds, known, scene),
        "milestones": _milestones(agreement, scene),
        "pay": pay_of(scene, Terms.from_json(rounds[-1].terms), kept(agreement)),
        "deliveries": _deliveries(agreement, scene),
        "waiting_id": waiting.id if waiting else None,
        "timeline": told(facts, known, viewer.id),
        "other": known[other_id] if other_id else None,
        "contact": contact_details(agreement, other_id) if other_id and is_between_two else "",
        "revealed": revealed(agreement, viewer.id) if is_between_two else [],
    }


def pay_of(scene: Scene, terms: Terms, taken: Applied) -> Account | None:
    """Return what becomes of the pay under some terms, for whoever looks; None where nothing is taken of it."""
    return account_of(terms, taken, side=scene.side, client=scene.client.first_name, worker=scene.worker.first_name)


def _terms(latest: list[TermsRound], scene: Scene) -> dict[str, Any]:
    """Return the terms in force; while they are talked about, with what the last round changed."""
    before, terms = Terms.from_json(latest[0].terms), Terms.from_json(latest[-1].terms)
    is_open = scene.agreement.state in NEGOTIATED
    rows = compared(terms, before, scene.today) if is_open else in_words(terms, scene.today)
    return {
        "rows": [row for row in rows if row[0] not in ("Title", "Milestones") or len(row) == 3],
        "scope": markdown.render(terms.scope) if terms.scope else "",
        "conditions": terms.conditions,
        "planned": [_planned(part, terms, scene) for part in terms.milestones],
    }


def _planned(part: Any, terms: Terms, scene: Scene) -> dict[str, Any]:
    return {
        "title": part.title,
        "amount": money(part.amount, terms.currency or tenant.currency) if part.amount is not None else "",
        "due": _("by %(day)s", day=day(part.due_on, scene.today)) if part.due_on else "",
    }


def _who_proposed(this: TermsRound, known: dict[UUID, Person]) -> dict[str, Any]:
    """Return who put terms forward (`who`), and whose deed that was in words (`by`)."""
    person, helper = known.get(this.proposed_by), known.get(this.helper_id) if this.helper_id else None
    return {"who": person, "by": said_by(person.name, helper.name if helper else None) if person else ""}


def _talk(rounds: list[TermsRound], known: dict[UUID, Person], scene: Scene) -> list[dict[str, Any]]:
    """Return the rounds, newest first, each with what it changed."""
    shown = []
    for before, this in zip([None, *rounds[:-1]], rounds, strict=True):
        terms = Terms.from_json(this.terms)
        was = Terms.from_json(before.terms) if before else terms
        shown.append(
            {
                "round": this.round,
                **_who_proposed(this, known),
                "at": this.proposed_at,
                "note": this.note,
                "changes": [row for row in compared(terms, was, scene.today) if len(row) == 3],
                "scope": marked(terms.scope, was.scope) if terms.scope != was.scope else "",
                "conditions": marked(terms.conditions, was.conditions) if terms.conditions != was.conditions else "",
            }
        )
    return shown[::-1]


def _milestones(agreement: Agreement, scene: Scene) -> list[dict[str, Any]]:
    return [_milestone(part, agreement, scene) for part in agreement.milestones()]


def _milestone(part: Milestone, agreement: Agreement, scene: Scene) -> dict[str, Any]:
    return {
        "id": part.id,
        "title": part.title,
        "amount": money(part.amount, agreement.currency or tenant.currency) if part.amount is not None else "",
        "due": _("by %(day)s", day=day(part.due_on, scene.today)) if part.due_on else "",
        "state": part.state,
        "state_label": MILESTONE.labels[part.state],
    }


_ANSWERS = {
    "accepted": ("accepted", _l("Accepted")),
    "changes_requested": ("changes_requested", _l("Changes asked for")),
    "set_aside": ("closed", _l("Set aside")),
}


def _deliveries(agreement: Agreement, scene: Scene) -> list[dict[str, Any]]:
    titles = {part.id: part.title for part in agreement.milestones()}
    return [
        _delivery(delivery, files, titles.get(delivery.milestone_id, ""), scene)
        for delivery, files in deliveries_of(agreement.id)
    ]


def _delivery(delivery: Delivery, files: list[Attachment], title: str, scene: Scene) -> dict[str, Any]:
    state, label = _ANSWERS.get(delivery.answer or "", ("delivered", _("Waits for an answer")))
    return {
        "id": delivery.id,
        "title": title,
        "by": scene.worker,
        "at": delivery.delivered_at,
        "note": markdown.render(delivery.note) if delivery.note else "",
        "links": delivery.links,
        "files": [
            {
                "name": file.name,
                "size": in_megabytes(file.size),
                "href": url_for("agreements.download", agreement_id=delivery.agreement_id, attachment_id=file.id),
            }
            for file in files
        ],
        "state": state,
        "label": label,
        "answer": delivery.answer_note,
        "answered_at": delivery.answered_at,
    }


def row_of(row: Any, viewer_id: UUID) -> dict[str, Any]:
    """Return a row of a member's list of agreements, in words."""
    today = clock.today(tenant.time_zone)
    return {
        "href": url_for("agreements.show", agreement_id=row.agreement_id),
        "title": row.title,
        "state": row.state,
        "label": AGREEMENT.labels[row.state],
        "is_mine": row.asked_id == viewer_id,
        "pay": pay_in_words(row),
        "due": _("due %(day)s", day=day(row.due_on, today)) if row.due_on else "",
        "role": _("for you") if row.side == "client" else _("by you"),
    }
