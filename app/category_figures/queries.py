"""What figures of a category read: each a statement, whatever there is."""

from functools import cache
from typing import Any

from sqlalchemy import (
    Date,
    Float,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from app.agreements.models import Agreement
from app.applications.models import Application
from app.categories.models import Skill
from app.category_figures.waits import BEFORE, CATEGORY, SINCE, UNTIL, in_span, is_listed
from app.core.reading import Reading
from app.gigs.models import Gig, GigSkill
from app.profiles.models import MemberSkill
from app.reviews.models import Review
from billing.ledger import Entry, Transaction
from tenants.isolation import scoped
from tenants.models import Member

_MOST_SKILLS = 5
_HERE = Gig.category_id == CATEGORY
_OF_GIG = and_(Gig.tenant_id == Agreement.tenant_id, Gig.id == Agreement.gig_id)
_ZONE: Any = bindparam("zone", type_=Text())
_PARTY: Any = bindparam("party_id", type_=Uuid())
_UNTAKEN = ~exists().where(
    Agreement.tenant_id == Gig.tenant_id, Agreement.gig_id == Gig.id, Agreement.agreed_at.is_not(None)
).correlate(Gig)


def _found() -> Any:
    """Return when each gig of the category found somebody first."""
    return (
        select(func.min(Agreement.agreed_at).label("at"))
        .join(Gig, _OF_GIG)
        .where(scoped(Agreement), _HERE, Agreement.agreed_at.is_not(None))
        .group_by(Agreement.gig_id)
        .subquery("found")
    )


def _filled() -> Select[Any]:
    found = _found()
    return _counted("filled", found.c.at).select_from(found).where(found.c.at >= BEFORE, found.c.at < UNTIL)


def _again() -> Select[Any]:
    """Return how many agreements there were, and how many of them between two who had finished work together before."""
    pair = (
        func.least(Agreement.client_id, Agreement.worker_id),
        func.greatest(Agreement.client_id, Agreement.worker_id),
    )
    # Each pair once, whatever they agreed on since: of who works much together, no agreement is held against all others.
    firsts = (
        select(pair[0].label("one"), pair[1].label("other"), func.min(Agreement.accepted_at).label("at"))
        .where(scoped(Agreement), Agreement.accepted_at.is_not(None))
        .group_by(*pair)
        .subquery("firsts")
    )
    return (
        _counted("agreed", Agreement.agreed_at, func.count().filter(firsts.c.at < Agreement.agreed_at))
        .select_from(Agreement)
        .join(Gig, _OF_GIG)
        .outerjoin(firsts, and_(firsts.c.one == pair[0], firsts.c.other == pair[1]))
        .where(scoped(Agreement), _HERE, Agreement.agreed_at >= BEFORE, Agreement.agreed_at < UNTIL)
    )


def _rated() -> Select[Any]:
    of_it = and_(Agreement.tenant_id == Review.tenant_id, Agreement.id == Review.agreement_id)
    return (
        _counted("rated", Review.published_at, func.sum(Review.rating))
        .select_from(Review)
        .join(Agreement, of_it)
        .join(Gig, _OF_GIG)
        .where(scoped(Review), _HERE, Review.hidden_at.is_(None))
        .where(Review.published_at >= BEFORE, Review.published_at < UNTIL)
    )


def _open() -> Select[Any]:
    return select(
        literal_column("'open'"), literal_column("'now'"), cast(func.count(), Float()), cast(null(), Float())
    ).where(scoped(Gig), _HERE, literal_column("gigs.state = 'open'"))


def _counted(what: str, moment: Any, part: Any = None) -> Select[Any]:
    some = cast(null() if part is None else part, Float())
    return select(
        literal_column(f"'{what}'").label("what"), in_span(moment), cast(func.count(), Float()).label("number"),
        some.label("part"),
    ).group_by("span")  # fmt: skip


_EVERY = union_all(_filled(), _again(), _rated(), _open()).subquery("every")
#: Rows of `what`, `span`, `number`, and a `part` of it: `filled` gigs; `agreed` agreements, of these between two who had
#: finished work before; `rated` reviews, the sum of their stars; `open` gigs.
COUNTS = Reading(select(_EVERY))


@cache
def course(unit: str) -> Reading:
    """Return the statement that gives for each week or month (`at`, its first day) how much was posted, and how much found
    somebody (`what`, `number`).
    """
    found = _found()

    def by_stretch(what: str, moment: Any) -> Select[Any]:
        at = cast(func.date_trunc(literal_column(f"'{unit}'"), func.timezone(_ZONE, moment)), Date()).label("at")
        columns = (literal_column(f"'{what}'").label("what"), at, func.count().label("number"))
        return select(*columns).where(moment >= SINCE, moment < UNTIL).group_by("at")

    posted = by_stretch("posted", Gig.published_at).where(scoped(Gig), _HERE, is_listed())
    return Reading(select(union_all(posted, by_stretch("filled", found.c.at).select_from(found)).subquery("course")))


# What came of shares, whatever was sent or fetched back of it afterwards.
_EARNING = literal_column("ledger_transactions.kind IN ('gig_release', 'gig_refund', 'gig_dispute_lost')")
#: What leaders earned by a category (`span`, `currency`, `amount` in minor units): one of them, or all where none is named.
EARNED = Reading(
    select(in_span(Transaction.happened_at), Entry.currency, cast(-func.sum(Entry.amount), Float()).label("amount"))
    .select_from(Entry)
    .join(Transaction, and_(Transaction.tenant_id == Entry.tenant_id, Transaction.id == Entry.transaction_id))
    .join(Agreement, and_(Agreement.tenant_id == Transaction.tenant_id, Agreement.id == Transaction.about_id))
    .join(Gig, _OF_GIG)
    .where(scoped(Entry), Entry.account == literal_column("'payable.leader'"), _EARNING, _HERE)
    .where(Transaction.happened_at >= BEFORE, Transaction.happened_at < UNTIL)
    .where(or_(_PARTY.is_(None), Entry.party_id == _PARTY))
    .group_by("span", Entry.currency)
    .order_by(Entry.currency)
)


def _having(relation: str, asked: Any) -> Any:
    """Return how many who are here hold a skill, or want to learn it."""
    return (
        select(func.count())
        .select_from(MemberSkill)
        .join(Member, and_(Member.tenant_id == MemberSkill.tenant_id, Member.id == MemberSkill.member_id))
        .where(MemberSkill.tenant_id == Skill.tenant_id, MemberSkill.skill_id == asked.c.skill_id)
        .where(MemberSkill.relation == literal_column(f"'{relation}'"), literal_column("members.standing = 'active'"))
        .correlate(Skill, asked)
        .scalar_subquery()
    )


def _unmet() -> Select[Any]:
    asked = (
        select(GigSkill.skill_id, func.count().label("gigs"))
        .join(Gig, and_(Gig.tenant_id == GigSkill.tenant_id, Gig.id == GigSkill.gig_id))
        .where(scoped(GigSkill), _HERE, GigSkill.relation == literal_column("'needed'"))
        .where(is_listed(), Gig.published_at >= SINCE, Gig.published_at < UNTIL, _UNTAKEN)
        .group_by(GigSkill.skill_id)
        .subquery("asked")
    )
    return (
        select(Skill.name, asked.c.gigs, _having("wanted", asked).label("learners"))
        .join(asked, asked.c.skill_id == Skill.id)
        .where(scoped(Skill), _having("held", asked) == literal_column("0"))
        .order_by(asked.c.gigs.desc(), Skill.name)
        .limit(literal_column(str(_MOST_SKILLS)))
    )


#: Skills that gigs of the span need which found nobody, and that nobody has: `name`, how many `gigs`, and how many `learners`
#: would like to have it.
UNMET = Reading(_unmet())

_APPLIED = (
    exists()
    .where(Application.tenant_id == Gig.tenant_id, Application.gig_id == Gig.id)
    .where(literal_column("applications.state <> 'withdrawn'"))
    .correlate(Gig)
)
_TODAY: Any = bindparam("today", type_=Date())
_MOMENT: Any = bindparam("moment", type_=UNTIL.type)
#: The gigs that take people and to which nobody has raised a hand, the longest there first: `id`, `title`, `author_id`, and how
#: many there are in all.
UNANSWERED = Reading(
    select(Gig.id, Gig.title, Gig.author_id, func.count().over().label("every"))
    .where(scoped(Gig), _HERE, literal_column("gigs.state = 'open'"), Gig.accepting, Gig.seats_taken < Gig.seats)
    .where(or_(Gig.expires_at.is_(None), Gig.expires_at > UNTIL), or_(Gig.due_on.is_(None), Gig.due_on >= _TODAY))
    .where(Gig.published_at < _MOMENT, ~_APPLIED)
    .order_by(Gig.published_at, Gig.id)
    .limit(literal_column("3"))
)

#: The gigs on which hands have waited for an answer since before a moment, the longest first: `gig_id`, `title`, `since`, the
#: `name` of who is to answer, and how many hands there are on all of them.
WAITING_HANDS = Reading(
    select(
        Gig.id.label("gig_id"),
        Gig.title,
        func.min(Application.created_at).label("since"),
        Member.name,
        cast(func.sum(func.count()).over(), Float()).label("every"),
    )
    .select_from(Application)
    .join(Gig, and_(Gig.tenant_id == Application.tenant_id, Gig.id == Application.gig_id))
    .join(
        Member, and_(Member.tenant_id == Gig.tenant_id, Member.id == func.coalesce(Gig.coordinator_id, Gig.author_id))
    )
    .where(scoped(Application), literal_column("applications.state = 'sent'"), _HERE)
    .where(Application.created_at < _MOMENT)
    .group_by(Gig.id, Gig.title, Member.name)
    .order_by(func.min(Application.created_at), Gig.id)
    .limit(literal_column("3"))
)
