"""What alerts have found becomes letters: one for each member, a few hundred members in a handful of statements.

Whether somebody may be written to, may still see a gig, and still asks for it, is asked here; and again when the letter
leaves. What may not be told yet waits.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, any_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import Uuid

from app.accounts.models import User
from app.alerts.fairness import Because, Candidate, fairly
from app.alerts.models import Alert, AlertLetter, AlertMatch, AlertWeighing
from app.alerts.notices import Notice, list_notices
from app.alerts.schedule import PEACE, next_moment
from app.alerts.weighing import answers
from app.core.database import db
from app.core.ids import new_id
from app.exposure.queries import times_shown
from app.gigs.audience import keep_apart
from app.gigs.models import Gig
from app.memberships.access import who_lacks
from app.notifications.models import MailRest
from app.notifications.preferences import Wishes
from app.notifications.topics import TOPICS
from tenants.context import current_tenant, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

#: How many alerts one job lets tell; the next goes on with the others.
BATCH = 1_000

_IDS: Any = bindparam("ids", type_=ARRAY(Uuid()))
_DUE = (
    select(Alert.id)
    .where(scoped(Alert), Alert.state == "on", Alert.next_at <= bindparam("now"), Alert.expires_at > bindparam("now"))
    .order_by(Alert.member_id, Alert.id)
    .limit(BATCH)
    # What another job holds it also tells.
    .with_for_update(skip_locked=True)
)
_OWNERS = (
    select(
        Alert.id, Alert.member_id, Alert.name, Alert.pace, Alert.weekday, Alert.hour, Alert.in_app, Alert.by_mail,
        Member.time_zone, Member.locale,
        (Member.standing == "active").label("is_here"),
        and_(User.email_verified_at.is_not(None), User.disabled_at.is_(None)).label("has_address"),
        func.coalesce(MailRest.until > bindparam("now"), False).label("rests"),
    )
    .select_from(Alert)
    .join(Member, and_(Member.tenant_id == Alert.tenant_id, Member.id == Alert.member_id))
    .outerjoin(User, User.id == Member.user_id)
    .outerjoin(MailRest, and_(MailRest.tenant_id == Alert.tenant_id, MailRest.member_id == Alert.member_id))
    .where(scoped(Alert), Alert.id == any_(_IDS))
    .order_by(Alert.member_id, Alert.id)
)  # fmt: skip
_WAITING = (
    select(AlertMatch.alert_id, AlertMatch.gig_id, AlertMatch.fit, Gig.published_at)
    .select_from(AlertMatch)
    .join(Alert, and_(Alert.tenant_id == AlertMatch.tenant_id, Alert.id == AlertMatch.alert_id))
    .join(Gig, and_(Gig.tenant_id == AlertMatch.tenant_id, Gig.id == AlertMatch.gig_id))
    .join(AlertWeighing, and_(AlertWeighing.tenant_id == Gig.tenant_id, AlertWeighing.gig_id == Gig.id))
    .where(
        scoped(AlertMatch),
        AlertMatch.alert_id == any_(_IDS),
        AlertMatch.letter_id.is_(None),
        Gig.state == "open",
        Gig.author_id != Alert.member_id,
        ~keep_apart(Alert.member_id, Gig.author_id),
        # Changed meanwhile, it may no longer be what was asked for.
        answers(AlertWeighing.keys, AlertWeighing.words, Gig.author_id),
    )
)
_TAKE = text(
    """
    UPDATE alert_matches SET letter_id = taken.letter_id, place = taken.place, because = taken.because,
           told_at = CASE WHEN taken.told THEN :now END
      FROM unnest(CAST(:alerts AS uuid[]), CAST(:gigs AS uuid[]), CAST(:letters AS uuid[]), CAST(:places AS integer[]),
                  CAST(:because AS text[]), CAST(:told AS boolean[])) AS taken (alert_id, gig_id, letter_id, place, because, told)
     WHERE alert_matches.tenant_id = :tenant_id AND alert_matches.alert_id = taken.alert_id
       AND alert_matches.gig_id = taken.gig_id AND alert_matches.letter_id IS NULL
    """
)
_PLAN = text(
    """
    UPDATE alerts SET next_at = planned.next_at, told_at = CASE WHEN planned.told THEN :now ELSE alerts.told_at END
      FROM unnest(CAST(:alerts AS uuid[]), CAST(:moments AS timestamptz[]), CAST(:told AS boolean[]))
           AS planned (id, next_at, told)
     WHERE alerts.tenant_id = :tenant_id AND alerts.id = planned.id
    """
)


@dataclass(slots=True)
class Gathered:
    """What gathering left to do: the letters to send, and the moments at which alerts tell next."""

    letters: list[UUID] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    has_more: bool = False


@dataclass(slots=True)
class _Draft:
    """One member's letter while it is put together."""

    member_id: UUID
    language: str
    id: UUID = field(default_factory=new_id)
    mailed: bool = False
    taken: list[tuple[UUID, UUID, int, Because]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def gather(*, now: datetime) -> Gathered:
    """Put what the alerts that are due have found into letters, and plan when each tells next."""
    ids = list(db.session.scalars(_DUE, {"now": now}))
    if not ids:
        return Gathered()
    owners = db.session.execute(_OWNERS, {"ids": ids, "now": now}).all()
    waiting = _waiting(ids)
    seen = times_shown("gig", {one.gig_id for some in waiting.values() for one in some})
    wishes = Wishes({owner.member_id for owner in owners}, ["alerts"])
    shut_out = who_lacks("see", {owner.member_id for owner in owners if waiting.get(owner.id)}, now=now)
    drafts: dict[UUID, _Draft] = {}
    for owner in owners:
        if owner.member_id not in shut_out:
            _tell(owner, waiting.get(owner.id, []), seen, wishes, drafts)
    told = [draft for draft in drafts.values() if draft.taken]
    _write(told, now)
    moments = _plan(owners, waiting, told, now)
    return Gathered([draft.id for draft in told if draft.mailed], moments, has_more=len(ids) == BATCH)


def _waiting(alert_ids: Sequence[UUID]) -> dict[UUID, list[Candidate]]:
    found: dict[UUID, list[Candidate]] = defaultdict(list)
    for row in db.session.execute(_WAITING, {"ids": list(alert_ids)}):
        found[row.alert_id].append(Candidate(row.gig_id, row.fit, row.published_at))
    return found


def _tell(
    owner: Row[Any], waiting: list[Candidate], seen: dict[UUID, int], wishes: Wishes, drafts: dict[UUID, _Draft]
) -> None:
    """Put what one alert found into its member's letter, or leave it waiting where they cannot be told now."""
    topic, is_mailed = TOPICS["alerts"], owner.by_mail and owner.has_address and not owner.rests
    is_mailed = is_mailed and wishes.want(owner.member_id, topic, "email")
    is_listed = owner.in_app and wishes.want(owner.member_id, topic, "app")
    if not waiting or not owner.is_here or not (is_mailed or is_listed):
        return
    language = owner.locale or current_tenant().locale
    draft = drafts.setdefault(owner.member_id, _Draft(owner.member_id, language))
    chosen = fairly(waiting, seen)
    draft.mailed = draft.mailed or is_mailed
    draft.taken += [(owner.id, gig_id, place, because) for place, (gig_id, because) in enumerate(chosen)]
    if is_listed:
        draft.notices.append(Notice(draft.id, owner.member_id, owner.id, owner.name, len(chosen), language))


def _write(drafts: Sequence[_Draft], now: datetime) -> None:
    if not drafts:
        return
    here = current_tenant_id()
    letters = [
        {
            "tenant_id": here,
            "id": draft.id,
            "member_id": draft.member_id,
            "state": "waiting" if draft.mailed else "kept",
            "made_at": now,
        }
        for draft in drafts
    ]
    db.session.execute(insert(AlertLetter), letters)
    taken = [(*match, draft.id, not draft.mailed) for draft in drafts for match in draft.taken]
    alerts, gigs, places, because, ids, told = (list(column) for column in zip(*taken, strict=True))
    db.session.execute(
        _TAKE,
        {
            "tenant_id": here, "now": now, "alerts": alerts, "gigs": gigs, "letters": ids, "places": places,
            "because": because, "told": told,
        },
    )  # fmt: skip
    list_notices([notice for draft in drafts for notice in draft.notices], now=now)


def _plan(
    owners: Sequence[Row[Any]], waiting: dict[UUID, list[Candidate]], told: Sequence[_Draft], now: datetime
) -> list[datetime]:
    """Write when each alert tells next, and return those moments."""
    taken = Counter(alert_id for draft in told for alert_id, *_ in draft.taken)
    moments = [_next(owner, taken[owner.id], len(waiting.get(owner.id, ())), now) for owner in owners]
    values = {
        "tenant_id": current_tenant_id(),
        "now": now,
        "alerts": [owner.id for owner in owners],
        "moments": moments,
        "told": [bool(taken[owner.id]) for owner in owners],
    }
    db.session.execute(_PLAN, values)
    return sorted({moment for moment in moments if moment is not None})


def _next(owner: Row[Any], taken: int, waited: int, now: datetime) -> datetime | None:
    zone = owner.time_zone or current_tenant().time_zone
    moment = next_moment(owner.pace, owner.weekday, owner.hour, zone=zone, after=now)
    # More than a letter names: the rest of what an alert that tells at once has found comes a little later.
    return now + PEACE if moment is None and 0 < taken < waited else moment


def moments_to_come() -> Iterator[datetime]:
    """Yield all moments at which alerts of the tenant in force tell next."""
    planned = select(Alert.next_at).where(scoped(Alert), Alert.state == "on", Alert.next_at.is_not(None))
    yield from db.session.scalars(planned.distinct())
