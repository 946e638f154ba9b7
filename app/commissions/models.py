"""The rules of commission, and what was kept of them with each round of terms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Integer, UniqueConstraint, select
from sqlalchemy.orm import Mapped, composite, mapped_column

from app.activity.recording import record
from app.categories.dissolving import hand_on, when_dissolved
from app.categories.models import Category
from app.commissions.groups import GROUPS, TIER, group_of_tier
from app.commissions.split import WHOLE, Fee
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor
from tenants.isolation import TenantLink, TenantRow, scoped, tenant_key
from tenants.models import one_of
from tenants.versions import touch

FEES = ("client", "worker", "leader", "coordinator")


class RuleExists(Conflict):
    message = _l("There is a rule for these people and this category already: change that one.")


def _fee(name: str) -> Any:
    """Return the four columns of a fee, as one value."""
    return composite(
        Fee,
        mapped_column(f"{name}_fixed", BigInteger, server_default="0", nullable=False),
        mapped_column(f"{name}_points", Integer, server_default="0", nullable=False),
        mapped_column(f"{name}_least", BigInteger, server_default="0", nullable=False),
        mapped_column(f"{name}_most", BigInteger, nullable=True),
    )


class CommissionRule(TenantRow, Base):
    """What is taken where it fits: of gigs in a category (None: in all), with people of a group. Amounts are in `currency`."""

    __tablename__ = "commission_rules"
    shown_in = ("gigs",)
    __table_args__ = (
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        tenant_key("tier_id", "tiers"),
        UniqueConstraint("tenant_id", "category_id", "people", "tier_id", postgresql_nulls_not_distinct=True),
        CheckConstraint(one_of("people", (*GROUPS, TIER)), name="people_known"),
        CheckConstraint("(people = 'tier') = (tier_id IS NOT NULL)", name="tier_where_named"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        *(CheckConstraint(f"{name}_points BETWEEN 0 AND {WHOLE}", name=f"{name}_is_a_share") for name in FEES),
        *(
            CheckConstraint(
                f"{name}_fixed >= 0 AND {name}_least >= 0 AND ({name}_most IS NULL OR {name}_most >= {name}_least)",
                name=f"{name}_is_bounded",
            )
            for name in FEES
        ),
    )

    category_id: Mapped[UUID | None]
    people: Mapped[str] = mapped_column(server_default="everybody")
    # Whoever has it, where `people` is `tier`.
    tier_id: Mapped[UUID | None]
    currency: Mapped[str]
    client: Mapped[Fee] = _fee("client")
    worker: Mapped[Fee] = _fee("worker")
    leader: Mapped[Fee] = _fee("leader")
    coordinator: Mapped[Fee] = _fee("coordinator")
    created_at: Mapped[datetime]

    @classmethod
    def add(
        cls,
        fees: Mapping[str, Fee],
        *,
        people: str,
        category_id: UUID | None,
        currency: str,
        by: Actor,
        now: datetime,
        tier_id: UUID | None = None,
    ) -> "CommissionRule":
        """Return a new rule. What is agreed already stays as it was agreed.

        :raises RuleExists: when these people have one in this category.
        """
        _refuse_second(people, tier_id, category_id)
        rule = cls(people=people, tier_id=tier_id, category_id=category_id, currency=currency, created_at=now, **fees)
        db.session.add(rule)
        db.session.flush()
        rule._note("added_commission", by, fees)
        return rule

    def revise(
        self,
        fees: Mapping[str, Fee],
        *,
        people: str,
        category_id: UUID | None,
        currency: str,
        by: Actor,
        tier_id: UUID | None = None,
    ) -> None:
        """Let it say something else from now on.

        :raises RuleExists: when it would fit the same people and category as another.
        """
        _refuse_second(people, tier_id, category_id, but=self.id)
        self.people, self.tier_id, self.category_id, self.currency = people, tier_id, category_id, currency
        for name in FEES:
            setattr(self, name, fees[name])
        self._note("changed_commission", by, fees)

    def remove(self, *, by: Actor) -> None:
        """Let it fit nobody any more."""
        self._note("removed_commission", by, {name: getattr(self, name) for name in FEES})
        db.session.delete(self)

    @property
    def group(self) -> str:
        """Return the key of its group, as forms and `groups_of` have it."""
        return group_of_tier(self.tier_id) if self.tier_id else self.people

    def _note(self, verb: str, by: Actor, fees: Mapping[str, Fee]) -> None:
        told = {name: [fee.fixed, fee.points, fee.least, fee.most] for name, fee in fees.items() if fee}
        about = {"people": self.group, "category_id": self.category_id and str(self.category_id)}
        record(verb, self, by=by, kind="commission", currency=self.currency, fees=told, **about)
        touch("gigs")


class CommissionTerms(TenantLink, Base):
    """What would be taken, as both sides saw it when a round of terms was put forward. The database lets nobody change it.

    `why` names the rules in force then: see `app.commissions.rules.Reasons`.
    """

    __tablename__ = "commission_terms"
    __table_args__ = (tenant_key("agreement_id", "agreements", ondelete="CASCADE"),)

    agreement_id: Mapped[UUID] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(Integer, primary_key=True)
    terms: Mapped[dict[str, Any]]
    why: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]


@when_dissolved
def _hand_on_rules(category: Category, into: Category, by: Actor) -> None:
    # The other's own rule for the same people stands.
    hand_on(CommissionRule, category, into, "people", "tier_id")


def _refuse_second(people: str, tier_id: UUID | None, category_id: UUID | None, *, but: UUID | None = None) -> None:
    same = (
        CommissionRule.people == people,
        CommissionRule.tier_id.is_not_distinct_from(tier_id),
        CommissionRule.category_id.is_not_distinct_from(category_id),
    )
    found = db.session.scalar(select(CommissionRule.id).where(scoped(CommissionRule), *same))
    if found not in (None, but):
        raise RuleExists
