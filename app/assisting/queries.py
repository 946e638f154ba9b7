"""What the pages about mandates read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from app.activity.models import Activity
from app.agreements.models import Agreement
from app.agreements.states import BINDING, NEGOTIATED
from app.applications.models import Application
from app.core.database import db
from app.core.timers import day_of
from app.core.wording import full_day
from app.gigs.models import Gig
from app.mandates.models import Mandate, is_away
from app.mandates.wording import SCOPE_WORDS, deed_in_words, place_of
from app.profiles.people import Person, people
from tenants.context import tenant
from tenants.isolation import scoped
from tenants.models import Member

_MOST = 100
_WAITING = ("sent", "shortlisted", "offered")


@dataclass(frozen=True, slots=True)
class Shown:
    """A mandate as a page shows it: the two people, what it is for in words, and whether it runs."""

    mandate: Mandate
    helper: Person
    assisted: Person
    things: list[tuple[str, str]]
    runs: bool

    @property
    def last_day(self) -> str:
        """The last day on which it runs, in words."""
        return full_day(day_of(self.mandate.until - timedelta(seconds=1), tenant.time_zone))

    @property
    def is_asked(self) -> bool:
        return self.mandate.state == "asked"


def shown(mandates: Sequence[Mandate], *, now: datetime) -> list[Shown]:
    """Return mandates as pages show them."""
    known = people({one for mandate in mandates for one in (mandate.helper_id, mandate.assisted_id)})
    return [
        Shown(
            mandate,
            known[mandate.helper_id],
            known[mandate.assisted_id],
            [(str(name), str(what)) for name, what in (SCOPE_WORDS[scope] for scope in mandate.scopes)],
            mandate.runs(now=now),
        )
        for mandate in mandates
    ]


def mandates_of(member_id: UUID) -> list[Mandate]:
    """Return the mandates of somebody on either side, the newest first."""
    either = or_(Mandate.helper_id == member_id, Mandate.assisted_id == member_id)
    return list(
        db.session.scalars(select(Mandate).where(scoped(Mandate), either).order_by(Mandate.id.desc()).limit(_MOST))
    )


def waiting_for_a_witness(leader_id: UUID, *, now: datetime) -> list[Mandate]:
    """Return the mandates whose assisted side does not sign in and so cannot answer; none that the leader is a side of."""
    asked = (Mandate.state == "asked", Mandate.until > now, Mandate.asked_by == Mandate.helper_id)
    others = and_(Mandate.helper_id != leader_id, Mandate.assisted_id != leader_id)
    found = db.session.execute(
        select(Mandate, Member)
        .join(Member, and_(Member.tenant_id == Mandate.tenant_id, Member.id == Mandate.assisted_id))
        .where(scoped(Mandate), *asked, others)
        .order_by(Mandate.id)
        .limit(_MOST)
    )
    return [mandate for mandate, member in found if is_away(member, now=now)]


def deeds_under(mandate: Mandate) -> list[dict[str, Any]]:
    """Return what was done under a mandate, as rows of a timeline, the newest first."""
    facts = db.session.scalars(
        select(Activity)
        .where(
            scoped(Activity),
            Activity.subject_kind == "mandate",
            Activity.subject_id == mandate.id,
            Activity.verb == "acted",
        )
        .order_by(Activity.id.desc())
        .limit(_MOST)
    ).all()
    titles = _titles({UUID(fact.data["gig_id"]) for fact in facts if fact.data.get("gig_id")})
    return [
        {
            "text": deed_in_words(fact.data, fact.data.get("title") or titles.get(str(fact.data.get("gig_id")), "…")),
            "href": place_of(fact.data),
            "at": fact.created_at,
        }
        for fact in facts
    ]


def have_dealings(one: UUID, other: UUID) -> bool:
    """Whether two have an application or work between them that is not over."""
    hand_up = exists().where(
        scoped(Application),
        scoped(Gig),
        Gig.id == Application.gig_id,
        Application.state.in_(_WAITING),
        or_(
            and_(Gig.author_id == one, Application.applicant_id == other),
            and_(Gig.author_id == other, Application.applicant_id == one),
        ),
    )
    at_work = exists().where(
        scoped(Agreement),
        Agreement.state.in_((*NEGOTIATED, *BINDING)),
        or_(
            and_(Agreement.client_id == one, Agreement.worker_id == other),
            and_(Agreement.client_id == other, Agreement.worker_id == one),
        ),
    )
    return bool(db.session.scalar(select(or_(hand_up, at_work))))


def _titles(gig_ids: set[UUID]) -> dict[str, str]:
    if not gig_ids:
        return {}
    found = db.session.execute(select(Gig.id, Gig.title).where(scoped(Gig), Gig.id.in_(gig_ids)))
    return {str(row.id): row.title for row in found}
