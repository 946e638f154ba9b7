"""Which rule applies: the nearest to whoever pays, and what it comes to for two people and a gig."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from app.categories.models import Category
from app.commissions.groups import GROUPS, TIER, group_of_tier, groups_of
from app.commissions.models import FEES, CommissionRule
from app.commissions.split import FREE, Fee, FrozenTerms
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.reading import Reading
from app.memberships.models import Tier
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

_COLUMNS = [
    getattr(CommissionRule.__table__.c, f"{name}_{part}")
    for name in FEES
    for part in ("fixed", "points", "least", "most")
]
_RULES = Reading(
    select(
        CommissionRule.id,
        CommissionRule.category_id,
        CommissionRule.people,
        CommissionRule.currency,
        CommissionRule.tier_id,
        Tier.name.label("tier"),
        Tier.position.label("tier_position"),
        Category.name.label("category"),
        *_COLUMNS,
    )
    .outerjoin(
        Category, and_(Category.tenant_id == CommissionRule.tenant_id, Category.id == CommissionRule.category_id)
    )
    .outerjoin(Tier, and_(Tier.tenant_id == CommissionRule.tenant_id, Tier.id == CommissionRule.tier_id))
    .where(scoped(CommissionRule))
    .order_by(Category.position.nulls_first(), Category.id, CommissionRule.id)
)
_LEADERS = Reading(
    select(Member.id, Category.name.label("category"))
    .join(Role, and_(Role.tenant_id == Member.tenant_id, Role.member_id == Member.id))
    .join(Category, and_(Category.tenant_id == Role.tenant_id, Category.id == Role.category_id))
    .where(
        scoped(Member),
        Member.standing == "active",
        Role.role == "category_leader",
        in_office(),
        Role.category_id == bindparam("category_id"),
    )
    .order_by(Role.granted_at, Role.id)
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is read: for whom, and what it takes. Amounts are in `currency`.

    :ivar group: the key of those whom it is for.
    :ivar named: the group as it is kept with what was agreed: a tier by its name, whatever becomes of the tier.
    :ivar place: which group is asked first, the lowest.
    """

    id: UUID
    category_id: UUID | None
    category: str
    group: str
    named: str
    place: int
    currency: str
    client: Fee
    worker: Fee
    leader: Fee
    coordinator: Fee

    def fees(self, currency: str) -> dict[str, Fee]:
        """Return its fees for payments in a currency: in another than its own, shares alone count."""
        every = {name: getattr(self, name) for name in FEES}
        return every if currency == self.currency else {name: fee.without_amounts() for name, fee in every.items()}


@dataclass(frozen=True, slots=True)
class Reasons:
    """Which rules were in force: for the client and for the worker a group of people and the name of a category (empty: all).

    `led` is the category whose leaders share in the commission.
    """

    client: tuple[str, str] | None = None
    worker: tuple[str, str] | None = None
    led: str = ""

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        sides = {side: tuple(stored[side]) if stored.get(side) else None for side in ("client", "worker")}
        return cls(**sides, led=stored.get("led", ""))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Applied:
    """What the rules come to for two people: the terms, and why."""

    terms: FrozenTerms = FREE
    why: Reasons = Reasons()


def rules() -> list[Rule]:
    """Return the marketplace's rules: those for every category first, within one as groups are asked."""
    found = [_rule(row) for row in _RULES.rows()]
    return sorted(found, key=lambda one: (bool(one.category_id), one.category, one.place))


def rule_or_404(rule_id: UUID) -> CommissionRule:
    """Return a rule to change it.

    :raises NotFound: when this tenant has none of that id.
    """
    found = db.session.get(CommissionRule, (current_tenant_id(), rule_id))
    if found is None:
        raise NotFound(_("This rule is not here."))
    return found


def nearest(every: Iterable[Rule], *, category_id: UUID | None, groups: frozenset[str]) -> Rule | None:
    """Return the rule that counts for somebody: for their group rather than everybody, for this category rather than all."""
    fitting = [one for one in every if one.group in groups and one.category_id in (None, category_id)]
    return min(fitting, key=lambda one: (one.place, one.category_id is None), default=None)


def applied(*, category_id: UUID | None, currency: str, client_id: UUID | None, worker_id: UUID | None) -> Applied:
    """Return what today's rules take of work in a category between two people; of somebody unknown nothing but that they
    are one of everybody.
    """
    every = rules()
    if not every:
        return Applied()
    known = [one for one in (client_id, worker_id) if one]
    groups = groups_of(known, category_id=category_id, now=clock.now())
    everybody = frozenset({"everybody"})
    sides = [groups.get(one, everybody) if one else everybody for one in (client_id, worker_id)]
    of_client, of_worker = (nearest(every, category_id=category_id, groups=side) for side in sides)
    fees = dict.fromkeys(FEES, Fee()) | (of_worker.fees(currency) if of_worker else {})
    fees["client"] = of_client.fees(currency)["client"] if of_client else Fee()
    leaders = leaders_of(category_id) if fees["leader"] else []
    terms = FrozenTerms(**fees, leader_ids=tuple(row.id for row in leaders))
    return Applied(terms, Reasons(_named(of_client), _named(of_worker), leaders[0].category if leaders else ""))


def leaders_of(category_id: UUID | None) -> list[Any]:
    """Return who leads a category and its name (`id`, `category`), the longest there first."""
    return _LEADERS.rows(category_id=category_id) if category_id else []


def _named(rule: Rule | None) -> tuple[str, str] | None:
    return (rule.named, rule.category) if rule else None


def _rule(row: Any) -> Rule:
    fees = {
        name: Fee(*(getattr(row, f"{name}_{part}") for part in ("fixed", "points", "least", "most"))) for name in FEES
    }
    if row.tier_id:
        # Somebody paid for it: it comes before all else, and the largest before the others.
        group, named, place = group_of_tier(row.tier_id), f"{TIER} {row.tier}", -1 - row.tier_position
    else:
        group, named, place = row.people, row.people, list(GROUPS).index(row.people)
    return Rule(row.id, row.category_id, row.category or "", group, named, place, row.currency, **fees)
