"""What keeps a member from leaving: others who count on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.agreements.answering import binding_agreements
from app.agreements.models import Agreement
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.imports.models import Import
from app.joining.roles import is_only_leader
from app.payments.accounts import has_money_here
from app.profiles.people import people
from app.projects.leaving import led_projects
from tenants.isolation import scoped


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to settle first: what it is, why it matters, and where to do it (a page's endpoint with its values)."""

    title: str
    text: str
    label: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)


def obstacles(member_id: UUID, *, lock: bool = False) -> list[Obstacle]:
    """Return what a member has to settle before they can leave; with `lock` no other leader leaves meanwhile."""
    return [
        *_agreements(member_id),
        *_projects(member_id),
        *_money(member_id),
        *_leadership(member_id, lock=lock),
        *_imports(member_id),
    ]


def _agreements(member_id: UUID) -> Iterator[Obstacle]:
    agreements = binding_agreements(member_id)
    others = people(_other(agreement, member_id) for agreement in agreements)
    for agreement in agreements:
        yield Obstacle(
            agreement.title,
            _(
                "%(name)s counts on this. Finish it, or end it together with them.",
                name=others[_other(agreement, member_id)].name,
            ),
            _("Go to the agreement"),
            "agreements.show",
            {"agreement_id": agreement.id},
        )


def _projects(member_id: UUID) -> Iterator[Obstacle]:
    for project in led_projects(member_id):
        yield Obstacle(
            project.title,
            _("You lead this project, and its people count on you. Hand it over, or stay until it is finished."),
            _("Go to the project"),
            "projects.show",
            {"project_id": project.id},
        )


def _other(agreement: Agreement, member_id: UUID) -> UUID:
    return agreement.worker_id if agreement.client_id == member_id else agreement.client_id


def _money(member_id: UUID) -> Iterator[Obstacle]:
    if has_money_here(member_id):
        yield Obstacle(
            _("Money of yours is still here"),
            _("Something is held that you paid in, or that you earned and do not have yet."),
            _("See what you earn"),
            "payments.earnings",
        )


def _leadership(member_id: UUID, *, lock: bool) -> Iterator[Obstacle]:
    if is_only_leader(member_id, lock=lock):
        yield Obstacle(
            _("You are the only leader"),
            _("A marketplace needs one. Make somebody else a leader first."),
            _("Choose a leader"),
            "admin.members",
        )


def _imports(member_id: UUID) -> Iterator[Obstacle]:
    running = db.session.scalar(
        select(func.count())
        .select_from(Import)
        .where(scoped(Import), Import.started_by == member_id, Import.state == "running")
    )
    if running:
        yield Obstacle(
            ngettext("%(num)s import of yours still running", "%(num)s imports of yours still running", running),
            _("Wait until every row is in."),
            _("See how far it is"),
            "imports.index",
        )
