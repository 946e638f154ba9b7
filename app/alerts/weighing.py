"""One gig against all alerts of its marketplace, in one statement: from its keys and words to the few alerts that one of them
leads to, and those looked at closely.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Float,
    Select,
    Text,
    Uuid,
    all_,
    and_,
    any_,
    bindparam,
    delete,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from app.acquaintances.queries import is_known_to
from app.alerts.asking import ANY
from app.alerts.keys import keys_of
from app.alerts.models import Alert, AlertAnchor, AlertMatch, AlertWeighing
from app.alerts.schedule import PEACE
from app.core.database import db
from app.gigs.audience import keep_apart
from app.gigs.models import Gig, GigSkill
from app.gigs.queries.open_gigs import FILTERS, values_of
from app.gigs.search import Search
from app.gigs.searchable import KIND
from app.profiles.models import MemberSkill
from app.search.models import SearchEntry
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

_GIG_ID: Any = bindparam("gig_id", type_=Uuid())
_KEYS: Any = bindparam("keys", type_=ARRAY(Text()))
_NOW: Any = bindparam("now", type_=DateTime(timezone=True))
# What a word is worth in prose, summary, skills and name, as in a search; and what each skill adds that its reader has.
_WEIGHTS, _OF_A_SKILL, _MOST_SKILLS = "'{0.1, 0.2, 0.4, 1.0}'", 0.2, 3


def weigh(gig_id: UUID, *, now: datetime) -> list[datetime]:
    """Let every alert that a gig newly matches know of it; return the moments at which some of those tell at once.

    A gig that is off the lists is forgotten: when it comes back, it is news.
    """
    keys = keys_of([gig_id]).get(gig_id)
    if keys is None:
        db.session.execute(delete(AlertWeighing).where(scoped(AlertWeighing), AlertWeighing.gig_id == gig_id))
        return []
    found = db.session.execute(_matching(), {"gig_id": gig_id, "keys": keys, "now": now}).scalars().all()
    remember([gig_id], {gig_id: keys})
    return _wake(found, now) if found else []


def remember(gig_ids: Collection[UUID], keys: dict[UUID, list[str]]) -> None:
    """Keep what these gigs, which are open, say now: only what a later change makes a match is news."""
    words = "SELECT words FROM search_entries WHERE tenant_id = :tenant_id AND kind = :kind AND subject_id = gigs.id"
    statement = text(
        f"""
        INSERT INTO alert_weighings (tenant_id, gig_id, keys, words, runs_to)
        SELECT :tenant_id, gigs.id, string_to_array(said.keys, chr(31)), coalesce(({words}), ''), gigs.expires_at
          FROM unnest(:ids, :keys) AS said (gig_id, keys)
          JOIN gigs ON gigs.tenant_id = :tenant_id AND gigs.id = said.gig_id
            ON CONFLICT (tenant_id, gig_id) DO UPDATE
           SET keys = excluded.keys, words = excluded.words, runs_to = excluded.runs_to
        """
    ).bindparams(bindparam("ids", type_=ARRAY(Uuid())), bindparam("keys", type_=ARRAY(Text())))
    known = sorted(gig_id for gig_id in gig_ids if gig_id in keys)
    # Arrays of arrays must be of one length: each gig's keys travel as one text.
    texts = ["\x1f".join(keys[gig_id]) for gig_id in known]
    values = {"tenant_id": current_tenant_id(), "kind": KIND, "ids": known, "keys": texts}
    db.session.execute(statement, values)


def unweighed(how_many: int) -> Sequence[UUID]:
    """Return open gigs that alerts were never asked about: those that were there before the first alert."""
    weighed = select(AlertWeighing.gig_id).where(scoped(AlertWeighing), AlertWeighing.gig_id == Gig.id)
    waiting = select(Gig.id).where(scoped(Gig), Gig.state == "open", ~weighed.exists()).limit(how_many)
    return db.session.scalars(waiting).all()


def falling_due() -> Sequence[UUID]:
    """Return the open gigs that have come so near to their due dates that a filter finds them now."""
    nearer = (
        and_(FILTERS[name], literal_column(f"'{name}'") != all_(AlertWeighing.keys))
        for name in FILTERS
        if name.startswith("due_")
    )
    weighed = and_(AlertWeighing.tenant_id == Gig.tenant_id, AlertWeighing.gig_id == Gig.id)
    come = select(Gig.id).join(AlertWeighing, weighed).where(scoped(Gig), Gig.state == "open", or_(*nearer))
    return db.session.scalars(come.order_by(Gig.id), values_of(Search(), None, None)).all()


@cache
def _matching() -> Any:
    gig = _gig()
    candidates = _candidates(gig)
    chosen = (
        select(Alert.tenant_id, Alert.id, gig.c.id, _fit(gig), _NOW)
        .select_from(candidates)
        .join(Alert, and_(scoped(Alert), Alert.id == candidates.c.alert_id))
        .join(Member, and_(Member.tenant_id == Alert.tenant_id, Member.id == Alert.member_id))
        .join(gig, true())
        .where(
            Alert.state == "on",
            Alert.expires_at > _NOW,
            Member.standing == "active",
            Alert.member_id != gig.c.author_id,
            ~keep_apart(Alert.member_id, gig.c.author_id),
            answers(_KEYS, gig.c.words, gig.c.author_id),
            # News is what was opened after the alert was saved, and what a change has made a match.
            or_(Alert.since <= gig.c.opened_at, not_(answers(gig.c.keys_before, gig.c.words_before, gig.c.author_id))),
        )
    )
    # The table alone: rows of models are inserted from values only.
    matches = AlertMatch.__table__
    written = insert(matches).from_select(["tenant_id", "alert_id", "gig_id", "fit", "found_at"], chosen)
    return written.on_conflict_do_nothing().returning(matches.c.alert_id)


def answers(keys: Any, words: Any, author_id: Any) -> ColumnElement[bool]:
    """Return whether a gig with these keys and words, by somebody, is what `Alert` asks for."""
    known = or_(not_(Alert.asked.has_key("known")), is_known_to(Alert.member_id, author_id))  # type: ignore[attr-defined]
    return and_(known, Alert.requires.contained_by(keys), or_(Alert.wanted.is_(None), words.op("@@")(Alert.wanted)))  # type: ignore[attr-defined]


def _gig() -> Any:
    said = and_(
        SearchEntry.tenant_id == Gig.tenant_id,
        SearchEntry.kind == literal_column(f"'{KIND}'"),
        SearchEntry.subject_id == Gig.id,
    )
    before = and_(
        AlertWeighing.tenant_id == Gig.tenant_id,
        AlertWeighing.gig_id == Gig.id,
        AlertWeighing.runs_to.is_not_distinct_from(Gig.expires_at),
    )
    return (
        select(
            Gig.id,
            Gig.author_id,
            Gig.state_changed_at.label("opened_at"),
            SearchEntry.words,
            AlertWeighing.keys.label("keys_before"),
            AlertWeighing.words.label("words_before"),
        )
        .select_from(Gig)
        .join(SearchEntry, said)
        .outerjoin(AlertWeighing, before)
        .where(scoped(Gig), Gig.id == _GIG_ID, Gig.state == "open")
        .cte("gig")
        .prefix_with("MATERIALIZED")
    )


def _candidates(gig: Any) -> Any:
    """Return the alerts that one of the gig's keys or words leads to."""
    word = func.unnest(func.tsvector_to_array(gig.c.words)).table_valued("stem").lateral("word").render_derived()
    leading = func.array_agg(literal_column("'w:'", Text) + word.c.stem)
    words = select(leading).select_from(gig).join(word, true()).scalar_subquery()
    anchors = func.array_cat(func.array_append(_KEYS, literal_column(f"'{ANY}'::text")), words, type_=ARRAY(Text()))
    leads = select(AlertAnchor.alert_id).where(scoped(AlertAnchor), AlertAnchor.anchor == any_(anchors))
    return leads.distinct().cte("candidates").prefix_with("MATERIALIZED")


def _fit(gig: Any) -> Any:
    """Return how well it fits: how much the words weigh in it, and how many of its skills are the member's own."""
    rank = func.ts_rank(literal_column(f"{_WEIGHTS}::real[]"), gig.c.words, Alert.wanted, 0)
    pairs = (("needed", "held"), ("gained", "wanted"))
    skills = (
        select(func.count())
        .select_from(GigSkill)
        .join(MemberSkill, and_(MemberSkill.tenant_id == GigSkill.tenant_id, MemberSkill.skill_id == GigSkill.skill_id))
        .where(
            scoped(GigSkill),
            GigSkill.gig_id == gig.c.id,
            MemberSkill.member_id == Alert.member_id,
            tuple_(GigSkill.relation, MemberSkill.relation).in_(pairs),
        )
        .correlate(gig, Alert)
        .scalar_subquery()
    )
    return func.coalesce(rank, 0) + _OF_A_SKILL * func.least(_MOST_SKILLS, skills, type_=Float)


def _wake(alert_ids: Sequence[UUID], now: datetime) -> list[datetime]:
    """Fix when the alerts among these that tell at once do so; return those moments."""
    # Whole minutes, so that many who were told lately are told together.
    minute = func.date_trunc("minute", Alert.told_at + PEACE + timedelta(minutes=1), type_=DateTime(timezone=True))
    sleeping: Select[Any] = (
        select(Alert.id)
        .where(
            scoped(Alert), Alert.id == any_(bindparam("ids", type_=ARRAY(Uuid()))), Alert.pace == "at_once",
            Alert.next_at.is_(None),
        )
        .order_by(Alert.id)
        .with_for_update()
    )  # fmt: skip
    woken = (
        update(Alert)
        .where(scoped(Alert), Alert.id.in_(sleeping.cte("sleeping").select()))
        .values(next_at=func.greatest(_NOW, minute))
        .returning(Alert.next_at)
        .execution_options(synchronize_session=False)
    )
    found = db.session.execute(woken, {"ids": list(alert_ids), "now": now}).scalars()
    return sorted({moment for moment in found if moment is not None})
