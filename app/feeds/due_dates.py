"""What a member's calendar holds: the days on which something of theirs is due."""

from typing import Any
from uuid import UUID

from sqlalchemy import Date, Text, bindparam, case, cast, literal_column, null, or_, select, union_all

from app.agreements.models import Agreement, Milestone
from app.agreements.states import BINDING
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.feeds.calendar_file import Day
from app.gigs.models import Gig
from tenants.context import TenantInfo
from tenants.isolation import scoped
from tenants.links import hall_url

_MOST = 500
_MEMBER = bindparam("member_id")
_SIDE = case((Agreement.worker_id == _MEMBER, literal_column("'worker'")), else_=literal_column("'client'"))
_THEIRS = (
    scoped(Agreement),
    or_(Agreement.client_id == _MEMBER, Agreement.worker_id == _MEMBER),
    Agreement.state.in_(BINDING),
)
_AGREEMENTS = select(
    literal_column("'agreement'").label("kind"),
    Agreement.id,
    Agreement.id.label("leads_to"),
    Agreement.title,
    cast(null(), Text).label("part"),
    cast(Agreement.due_on, Date).label("due_on"),
    _SIDE.label("side"),
    Agreement.state_changed_at.label("changed_at"),
).where(*_THEIRS, Agreement.due_on.is_not(None))
_MILESTONES = (
    select(
        literal_column("'milestone'"),
        Milestone.id,
        Agreement.id,
        Agreement.title,
        Milestone.title,
        Milestone.due_on,
        _SIDE,
        Milestone.state_changed_at,
    )
    .join(Agreement, (Agreement.tenant_id == Milestone.tenant_id) & (Agreement.id == Milestone.agreement_id))
    .where(scoped(Milestone), *_THEIRS, Milestone.due_on.is_not(None), Milestone.state != "accepted")
)
# Once it is filled, the agreements have the dates.
_GIGS = select(
    literal_column("'gig'"),
    Gig.id,
    Gig.id,
    Gig.title,
    cast(null(), Text),
    Gig.due_on,
    literal_column("'author'"),
    Gig.updated_at,
).where(scoped(Gig), Gig.author_id == _MEMBER, Gig.state.in_(("open", "paused")), Gig.due_on.is_not(None))
_DUE = union_all(_AGREEMENTS, _MILESTONES, _GIGS).order_by("due_on", "id").limit(_MOST)

# Nobody is named: a calendar is often kept by somebody else's service, and the other's name is not this member's to give.
_TEXTS = {
    "worker": _l("You hand this over."),
    "client": _l("This is handed over to you."),
    "author": _l("The date in your gig."),
}
_PAGES = {"agreement": "agreements.show", "milestone": "agreements.show", "gig": "gigs.show"}


def due_dates(hall: TenantInfo, member_id: UUID) -> list[Day]:
    """Return the due dates of a member's agreements that bind, their milestones, and the member's gigs that still look for
    somebody, the first first.
    """
    return [_day(hall, row) for row in db.session.execute(_DUE, {"member_id": member_id})]


def _day(hall: TenantInfo, row: Any) -> Day:
    title = _("%(part)s (%(title)s)", part=row.part, title=row.title) if row.part else row.title
    argument = "gig_id" if row.kind == "gig" else "agreement_id"
    return Day(
        id=f"{row.kind}-{row.id}@guildhall",
        on=row.due_on,
        title=_("Due: %(title)s", title=title),
        text=str(_TEXTS[row.side]),
        url=hall_url(hall, _PAGES[row.kind], **{argument: row.leads_to}),
        changed_at=row.changed_at,
    )
