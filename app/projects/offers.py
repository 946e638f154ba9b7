"""An offer in words: who plays which part, by when, for how much, and what all of it comes to."""

from typing import Any
from uuid import UUID

from app.agreements.terms import Terms
from app.core import clock
from app.core.languages import gettext as _
from app.core.wording import day, points
from app.profiles.people import people
from app.projects.amounts import shown
from app.projects.models import Offer, Project
from app.projects.models.budget import budget_of
from tenants.context import tenant


def lines_of(project: Project, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of an offer, each with its person and its milestones, as the page shows them."""
    today = clock.today(tenant.time_zone)
    known = people({UUID(line["worker_id"]) for line in lines})
    return [_line(project, line, known[UUID(line["worker_id"])], today) for line in lines]


def offer_in_words(project: Project, offer: Offer) -> dict[str, Any]:
    """Return an offer with what it adds to what is agreed already."""
    before = budget_of(project, project.roles()).sums.agreed
    is_free = project.settlement == "none"
    return {
        "id": offer.id,
        "is_change": project.accepted_at is not None,
        "note": offer.note,
        "lines": lines_of(project, offer.lines),
        "sums": [] if is_free else _sums(project, offer, before),
    }


def _sums(project: Project, offer: Offer, before: int) -> list[tuple[str, str]]:
    def worth(amount: int) -> str:
        return shown(amount, project.currency)

    price, hall, fee = (sum(line[name] for line in offer.lines) for name in ("price", "hall", "coordinator"))
    rows = [(_("The work"), worth(price))]
    if fee:
        rows.append((_("Coordination, %(share)s", share=points(offer.fee_points)), worth(fee)))
    if hall:
        rows.append((_("Fee of %(hall)s", hall=tenant.name), worth(hall)))
    if before:
        rows.append((_("Agreed before"), worth(before)))
    if offer.contingency:
        rows.append((_("Kept for what nobody foresaw"), worth(offer.contingency)))
    if project.accepted_at is not None:
        rows.append((_("What you agreed to spend until now"), worth(project.budget)))
    return [*rows, (_("At most, all together"), worth(offer.total))]


def _line(project: Project, line: dict[str, Any], person: Any, today: Any) -> dict[str, Any]:
    terms = Terms.from_json(line["terms"])
    return {
        "title": terms.title,
        "person": person,
        "amount": shown(line["price"], project.currency) if line["price"] else "",
        "starts": day(terms.starts_on, today) if terms.starts_on else "",
        "due": day(terms.due_on, today) if terms.due_on else "",
        "scope": terms.scope,
        "milestones": [
            {
                "title": part.title,
                "amount": shown(part.amount, project.currency) if part.amount else "",
                "due": _("by %(day)s", day=day(part.due_on, today)) if part.due_on else "",
            }
            for part in terms.milestones
        ],
    }
