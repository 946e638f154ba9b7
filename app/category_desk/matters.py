"""What waits at every desk: gigs and edits to review, gigs that nobody took, reports, projects to staff."""

from typing import Any

from flask import url_for
from sqlalchemy import String, Uuid, and_, cast, exists, func, literal_column, null, select, text

from app.applications.models import Application
from app.categories.waiting import AT_DESK, ONLOOKER, Matter, Step, comes_to_the_desk
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import pgettext
from app.gigs.models import Gig, GigEdit, Suggestion
from app.messages.models import Report
from app.projects.models import Project
from app.recruiting.needing import WAITING
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member, one_of

_NOBODY, _AUTHOR = cast(null(), Uuid()).label("holder_id"), Gig.author_id.label("holder_id")
_NOTHING = literal_column("''", String()).label("note")
_BY_AUTHOR = and_(Member.tenant_id == Gig.tenant_id, Member.id == Gig.author_id)


def _gig_page(row: Any, _actor: Actor) -> str:
    return url_for("gigs.show", gig_id=row.about_id)


def _review_steps(row: Any, _actor: Actor) -> tuple[Step, ...]:
    return (
        Step(_("Approve"), action=url_for("gigs.approve", gig_id=row.about_id), kind="primary"),
        Step(_("Hand back …"), href=url_for("gigs.confirm_hand_back", gig_id=row.about_id)),
        Step(_("Suggest a change …"), href=url_for("gigs.suggest", gig_id=row.about_id)),
        _moving(row),
    )


def _edit_steps(row: Any, _actor: Actor) -> tuple[Step, ...]:
    return (
        Step(_("Look at the change"), href=url_for("gigs.reviews")),
        Step(_("Turn down …"), href=url_for("gigs.confirm_hand_back_edit", gig_id=row.about_id)),
    )


def _climb_steps(row: Any, _actor: Actor) -> tuple[Step, ...]:
    aside = url_for("category_desk.set_aside", gig_id=row.about_id)
    return (Step(pgettext("verb", "Set aside"), action=aside, duty="review"), _moving(row))


def _moving(row: Any) -> Step:
    return Step(_("Move …"), href=url_for("category_desk.confirm_move", gig_id=row.about_id), duty="review")


def _report_page(row: Any, _actor: Actor) -> str:
    return url_for("category_desk.flag", report_id=row.id)


def _project_page(row: Any, actor: Actor) -> str:
    # Who is in no project reads what it is made of.
    if row.holder_id == actor.id:
        return url_for("projects.show", project_id=row.id)
    return _gig_page(row, actor)


_SUGGESTED = exists().where(
    Suggestion.tenant_id == Gig.tenant_id,
    Suggestion.gig_id == Gig.id,
    text("gig_suggestions.state = 'waiting'"),
)
GIGS = comes_to_the_desk(
    Matter(
        name="gigs",
        duties=("review",),
        label=_l("Gigs to review"),
        says=_l("{who} would like it to go live"),
        waiting=select(
            Gig.id,
            Gig.state_changed_at.label("since"),
            Gig.title,
            Member.name.label("who"),
            Gig.id.label("about_id"),
            _AUTHOR,
            Gig.summary.label("note"),
        )
        .select_from(Gig)
        .join(Member, _BY_AUTHOR)
        .where(scoped(Gig), Gig.category_id == AT_DESK, text("gigs.state = 'in_review'"))
        # As soon as something is suggested it is the author's turn.
        .where(~_SUGGESTED.correlate(Gig)),
        href=_gig_page,
        steps=_review_steps,
    )
)

EDITS = comes_to_the_desk(
    Matter(
        name="edits",
        duties=("review",),
        label=_l("Changes to review"),
        says=_l("{who} would like to change it; it is live as it was approved"),
        waiting=select(
            GigEdit.id,
            GigEdit.created_at.label("since"),
            Gig.title,
            Member.name.label("who"),
            Gig.id.label("about_id"),
            _AUTHOR,
            _NOTHING,
        )
        .select_from(GigEdit)
        .join(Gig, and_(Gig.tenant_id == GigEdit.tenant_id, Gig.id == GigEdit.gig_id))
        .join(Member, _BY_AUTHOR)
        .where(scoped(GigEdit), Gig.category_id == AT_DESK, text("gig_edits.state = 'waiting'")),
        href=_gig_page,
        steps=_edit_steps,
    )
)

_SOMEBODY_WAITS = exists().where(
    Application.tenant_id == Gig.tenant_id,
    Application.gig_id == Gig.id,
    text(f"applications.{one_of('state', WAITING)}"),
)
UNFILLED = comes_to_the_desk(
    Matter(
        name="unfilled",
        duties=("review", "staffing"),
        label=_l("Gigs without takers"),
        says=_l("Nobody has taken it yet; perhaps you know for whom {who}'s gig is"),
        waiting=select(
            Gig.id,
            Gig.climbed_at.label("since"),
            Gig.title,
            Member.name.label("who"),
            Gig.id.label("about_id"),
            _AUTHOR,
            Gig.summary.label("note"),
        )
        .select_from(Gig)
        .join(Member, _BY_AUTHOR)
        .where(scoped(Gig), Gig.category_id == AT_DESK, text("gigs.state = 'open' AND gigs.climbed_at IS NOT NULL"))
        # As soon as somebody raises a hand it is the author's turn.
        .where(Gig.accepting, Gig.seats_taken < Gig.seats, ~_SOMEBODY_WAITS.correlate(Gig)),
        href=_gig_page,
        steps=_climb_steps,
    )
)

FLAGS = comes_to_the_desk(
    Matter(
        name="flags",
        duties=("flags",),
        label=_l("Reports"),
        says=_l("Somebody finds that {who}'s gig breaks a rule"),
        waiting=select(
            Report.id,
            Report.created_at.label("since"),
            Gig.title,
            Member.name.label("who"),
            Gig.id.label("about_id"),
            _NOBODY,
            Report.words.label("note"),
        )
        .select_from(Report)
        .join(Gig, and_(Gig.tenant_id == Report.tenant_id, Gig.id == Report.subject_id))
        .join(Member, _BY_AUTHOR)
        .where(scoped(Report), Gig.category_id == AT_DESK)
        .where(text("reports.state = 'open' AND reports.subject_kind = 'gig'"))
        # Nobody judges what is said of their own.
        .where(Gig.author_id.is_distinct_from(ONLOOKER)),
        href=_report_page,
    )
)

PROJECTS = comes_to_the_desk(
    Matter(
        name="projects",
        duties=("staffing",),
        label=_l("Projects to staff"),
        says=_l("{who} waits for an offer; roles look for people"),
        waiting=select(
            Project.id,
            Project.state_changed_at.label("since"),
            Project.title,
            Member.name.label("who"),
            Project.gig_id.label("about_id"),
            Project.coordinator_id.label("holder_id"),
            func.left(Project.brief, 240).label("note"),
        )
        .select_from(Project)
        .join(Member, and_(Member.tenant_id == Project.tenant_id, Member.id == Project.client_id))
        .where(scoped(Project), Project.category_id == AT_DESK, text("projects.state = 'planning'")),
        href=_project_page,
    )
)
