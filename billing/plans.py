"""What the platform offers to marketplaces, as data: plans, what each holds, what each costs.

Amounts are whole minor units. A price is found at Stripe by its name, which says all that it is: another amount here is
another price there, and whoever pays the old one keeps it until they change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tenants.context import tenant

Interval = Literal["month", "year"]
What = Literal["members", "staff", "storage"]

_GIGABYTE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Quotas:
    """How much there is room for; None: no end. `staff` are leaders, admins and moderators together, `storage` is in bytes,
    `mails` are letters a day.
    """

    members: int | None
    staff: int | None
    storage: int | None
    mails: int | None

    def of(self, what: What) -> int | None:
        found: int | None = getattr(self, what)
        return found


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan. `fee` is what the platform keeps of what leaders sell, in percent; prices are by currency.

    With `by_people` a price is for each person who was active in a month. With `own_look` a marketplace may give itself a colour,
    a logo and a cover beyond what the styles bring.
    """

    name: str
    rank: int
    quotas: Quotas
    fee: Decimal
    prices: Mapping[Interval, Mapping[str, int]]
    by_people: bool = False
    own_look: bool = True

    @property
    def is_free(self) -> bool:
        return not self.prices

    def choices(self) -> tuple["Choice", ...]:
        """Return the ways to pay for it, by the month first."""
        return tuple(Choice(self, interval) for interval in self.prices)


# Free is no trial: a neighbourhood can live here for ever, and sell memberships, for a larger share of what it takes.
FREE = Plan("free", 0, Quotas(members=100, staff=3, storage=_GIGABYTE, mails=1_000), Decimal("5"), {}, own_look=False)
HALL = Plan(
    "hall",
    1,
    Quotas(members=5_000, staff=25, storage=50 * _GIGABYTE, mails=50_000),
    Decimal("1"),
    {
        "month": {"EUR": 39_00, "USD": 39_00, "GBP": 35_00, "CHF": 39_00},
        "year": {"EUR": 390_00, "USD": 390_00, "GBP": 350_00, "CHF": 390_00},
    },
)
COMPANY = Plan(
    "company",
    2,
    Quotas(members=None, staff=None, storage=500 * _GIGABYTE, mails=None),
    Decimal("0"),
    {"month": {"EUR": 3_00, "USD": 3_00, "GBP": 2_70, "CHF": 3_00}},
    by_people=True,
)
PLANS = {plan.name: plan for plan in (FREE, HALL, COMPANY)}

_OTHERWISE = "EUR"


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan and how often it is paid."""

    plan: Plan
    interval: Interval

    @property
    def name(self) -> str:
        """Its name in addresses and at Stripe."""
        return f"{self.plan.name}-{self.interval}"

    def amount(self, currency: str) -> int:
        """Return what it costs, or each person of it, in minor units."""
        return self.plan.prices[self.interval][currency]

    def lookup_key(self, currency: str) -> str:
        """Return the name of its price at Stripe."""
        return f"guildhall {self.name} {currency} {self.amount(currency)}".lower()


CHOICES = {choice.name: choice for plan in PLANS.values() for choice in plan.choices()}


def currency_here() -> str:
    """Return the currency in which the tenant in force pays for a plan."""
    return tenant.currency if tenant.currency in HALL.prices["month"] else _OTHERWISE


def choice_of(price: Mapping[str, object]) -> Choice | None:
    """Return what a price of Stripe's is the price of, also of an amount of former days; None for one that is not ours."""
    words = str(price.get("lookup_key") or "").split()
    return CHOICES.get(words[1]) if len(words) == 4 and words[0] == "guildhall" else None
