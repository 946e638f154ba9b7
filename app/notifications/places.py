"""Where notifications lead, and who may go there: asked again when a mail is about to leave."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.agreements.models import Agreement
from app.applications.models import Application
from app.attestations.models import Attestation
from app.categories.models import Category
from app.categories.offices import TermOfOffice
from app.core.database import db
from app.endorsements.models import Endorsement
from app.experts.models import Question, Vetting
from app.gigs.models import Gig
from app.joining.models import JoinRequest
from app.kudos.models import Kudos
from app.mandates.models import Mandate
from app.messages.models import Report, Thread
from app.moderation.models import Appeal, Measure
from app.policies import (
    ANSWER_NAMING,
    ANSWER_VOUCH,
    BE_HERE,
    IMPORT_LISTS,
    INVITE,
    MANAGE_MEMBERS,
    MANAGE_MONEY,
    MODERATE,
    READ_WORKSPACE,
    RUN_DESK,
    SEE_AGREEMENT,
    SEE_APPLICATION,
    SEE_APPLICATIONS,
    SEE_GIG,
    SEE_MANDATE,
    SEE_MEASURE,
    SEE_MEMBER,
    SEE_OFFICE,
    SEE_PROJECT,
    SEE_QUESTION,
    SEE_THREAD,
    SEE_VETTING,
    allows,
)
from app.profiles.blocks import are_apart
from app.projects.models import Project
from app.vouching.models import Vouch
from tenants.context import Actor, current_tenant_id
from tenants.models import Member

Other = Callable[[Any, Actor], UUID]


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the hall: its address, what it shows, and the permission it asks for.

    `with_whom` names the other person there, where a block between the two closes the page.
    """

    path: str
    permission: str
    model: Any = None
    with_whom: Other | None = None

    def load(self, subject_id: UUID) -> Any:
        """Return what the page shows, or None when it is gone; True for a page that shows no one thing."""
        return True if self.model is None else db.session.get(self.model, (current_tenant_id(), subject_id))

    def is_open_to(self, actor: Actor, thing: Any) -> bool:
        """Whether a member may see this page now."""
        if not allows(self.permission, actor, thing):
            return False
        return self.with_whom is None or not are_apart(actor.id, self.with_whom(thing, actor))


PLACES = {
    "gig": Place("/gigs/{id}", SEE_GIG, Gig, lambda gig, _: gig.author_id),
    "applications": Place("/gigs/{id}/applications", SEE_APPLICATIONS, Gig),
    "application": Place("/applications/{id}", SEE_APPLICATION, Application),
    "agreement": Place("/agreements/{id}", SEE_AGREEMENT, Agreement),
    "project": Place("/projects/{id}", SEE_PROJECT, Project),
    "project_talk": Place("/projects/{id}/talk", READ_WORKSPACE, Project),
    "project_tasks": Place("/projects/{id}/tasks", READ_WORKSPACE, Project),
    "project_review_form": Place("/projects/{id}/reviews/new", SEE_PROJECT, Project),
    "projects": Place("/projects", BE_HERE),
    "review_form": Place("/agreements/{id}/reviews/new", SEE_AGREEMENT, Agreement),
    "earnings": Place("/earnings", BE_HERE),
    "vouches": Place("/vouches", ANSWER_VOUCH, Vouch, lambda vouch, _: vouch.author_id),
    "kudos": Place("/kudos", ANSWER_VOUCH, Kudos, lambda thanks, _: thanks.author_id),
    "endorsements": Place("/endorsements", ANSWER_VOUCH, Endorsement, lambda said, _: said.author_id),
    "naming": Place("/reviews/naming", ANSWER_NAMING, Attestation, lambda attestation, _: attestation.member_id),
    "certificates": Place("/certificates", BE_HERE),
    "along": Place("/reviews/along", BE_HERE),
    "thread": Place("/messages/{id}", SEE_THREAD, Thread, lambda thread, actor: thread.other(actor.id)),
    "own_profile": Place("/profile", BE_HERE),
    "member": Place("/people/{id}", SEE_MEMBER, Member),
    "office": Place("/offices/{id}", SEE_OFFICE, TermOfOffice),
    "category_desk": Place("/desks/{id}", RUN_DESK, Category),
    "question": Place("/questions/{id}", SEE_QUESTION, Question),
    "vetting": Place("/vettings/{id}", SEE_VETTING, Vetting),
    "report": Place("/desk/reports/{id}", MODERATE, Report),
    "measure": Place("/measures/{id}", SEE_MEASURE, Measure),
    "appeal": Place("/desk/moderation", MODERATE, Appeal),
    "own_measures": Place("/measures", BE_HERE),
    "requests": Place("/desk/requests", MANAGE_MEMBERS, JoinRequest),
    "rules": Place("/rules", BE_HERE),
    "own_membership": Place("/membership", BE_HERE),
    "credits": Place("/credits", BE_HERE),
    "mandate": Place("/helping/{id}", SEE_MANDATE, Mandate),
    # Where there is no more to see than what the list says.
    "list": Place("/notifications", BE_HERE),
    "import": Place("/desk/imports/{id}", IMPORT_LISTS),
    "plan": Place("/desk/plan", MANAGE_MONEY),
    "loose_money": Place("/desk/money/waiting", MANAGE_MONEY),
    "desk": Place("/desk/", INVITE),
    # Alerts are above: whose it is their own page asks.
    "alert": Place("/alerts/{id}", BE_HERE),
}
