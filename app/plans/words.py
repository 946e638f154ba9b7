"""Plans in words: what they are called, what they hold, what they cost, what no longer fits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.core.languages import ngettext
from app.core.timers import day_of
from app.core.wording import day, money, number, percent
from billing.entitlements import Usage, application_fee_points
from billing.mails import Posted
from billing.plans import Choice, Plan, What
from tenants.context import tenant

_NAMES = {"free": _lp("plan", "Free"), "hall": _lp("plan", "Hall"), "company": _lp("plan", "Company")}
_PITCHES = {
    "free": _l("For neighbours and beginnings, for as long as you like."),
    "hall": _l("For communities that have outgrown the living room."),
    "company": _l("For companies: pay for the people who are really here."),
}
#: How an invoice stands, by Stripe's word.
INVOICE_STATES = {
    "open": _l("Not paid yet"),
    "paid": _lp("invoice", "Paid"),
    "void": _lp("invoice", "Void"),
    "uncollectible": _l("Never paid"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of a quota is used: in words, and as numbers for the bar (`most` is None where there is no end)."""

    label: str
    shown: str
    used: int
    most: int | None

    @property
    def is_full(self) -> bool:
        return self.most is not None and self.used >= self.most


def plan_name(plan: Plan) -> str:
    return str(_NAMES[plan.name])


def pitch(plan: Plan) -> str:
    return str(_PITCHES[plan.name])


def price(choice: Choice, currency: str) -> str:
    """Return what a choice costs: “€39 a month”."""
    amount = money(choice.amount(currency), currency)
    if choice.plan.by_people:
        return _("%(amount)s a month for each active person", amount=amount)
    elif choice.interval == "year":
        return _("%(amount)s a year", amount=amount)
    else:
        return _("%(amount)s a month", amount=amount)


def sum_of(amount: int, currency: str, interval: str) -> str:
    """Return what is paid in all, and how often: “€390 a year”."""
    shown = money(amount, currency)
    return _("%(amount)s a year", amount=shown) if interval == "year" else _("%(amount)s a month", amount=shown)


def holds(plan: Plan) -> list[str]:
    """Return what a plan has room for, and what the platform keeps of what its marketplace sells."""
    quotas = plan.quotas
    return [
        _("As many members as come") if quotas.members is None
        else ngettext("Up to %(members)s member", "Up to %(members)s members", quotas.members, members=number(quotas.members)),
        _("As many leaders, admins and moderators as you need") if quotas.staff is None
        else _("%(staff)s leaders, admins and moderators", staff=number(quotas.staff)),
        _("%(size)s for pictures and files", size=size(quotas.storage or 0)),
        _("As many letters as there are to send") if quotas.mails is None
        else ngettext("%(mails)s letter a day", "%(mails)s letters a day", quotas.mails, mails=number(quotas.mails)),
        _("Your own colour, logo and cover") if plan.own_look else _("Six styles in their own colours"),
        _("You keep all that you sell") if not (points := application_fee_points(plan))
        else _("Of what you sell, %(share)s is ours", share=percent(points / 10_000)),
    ]  # fmt: skip


def bars(used: Usage, plan: Plan, today: Posted) -> list[Bar]:
    """Return what is used of what, in words."""
    quotas = plan.quotas
    return [
        Bar(_("Members"), _of(number(used.members), quotas.members, number), used.members, quotas.members),
        Bar(
            _("Leaders, admins and moderators"), _of(number(used.staff), quotas.staff, number), used.staff, quotas.staff
        ),
        Bar(_("Pictures and files"), _of(size(used.storage), quotas.storage, size), used.storage, quotas.storage),
        *(
            [Bar(_("Letters today"), _of(number(today.sent), today.most, number), today.sent, today.most)]
            if today.most
            else ()
        ),
    ]


def _of(used: str, most: int | None, shown: Any) -> str:
    return used if most is None else _("%(done)s of %(total)s", done=used, total=shown(most))


def too_much(what: tuple[What, ...], used: Usage, plan: Plan) -> list[str]:
    """Return what will happen to what a plan has no room for: it stays, and no more comes."""
    quotas, said = plan.quotas, []
    if "members" in what:
        said.append(
            _(
                "You have %(used)s members, and it has room for %(most)s. Everybody stays; nobody comes in until there is room.",
                used=number(used.members),
                most=number(quotas.members or 0),
            )
        )
    if "staff" in what:
        said.append(
            _(
                "%(used)s people look after your marketplace, and it has room for %(most)s. They all stay; nobody is added.",
                used=number(used.staff),
                most=number(quotas.staff or 0),
            )
        )
    if "storage" in what:
        said.append(
            _(
                "Your pictures and files are %(used)s, and it has room for %(most)s. All are kept; no more can be added.",
                used=size(used.storage),
                most=size(quotas.storage or 0),
            )
        )
    return said


def unpaid(until: datetime) -> str:
    return _(
        "Your plan could not be paid. Everything goes on as it is until %(until)s; look after your card at Stripe before then.",
        until=day(day_of(until, tenant.time_zone)),
    )


def rests() -> str:
    return _(
        "Your plan was not paid, so your marketplace has what the free plan holds. "
        "Nothing is lost: everything is as it was once it is paid."
    )


def size(bytes_: int) -> str:
    """Return an amount of bytes: “12 MB”, “50 GB”."""
    if bytes_ >= 1_000_000_000:
        return _("%(number)s GB", number=number(bytes_ // 1_000_000_000))
    else:
        return _("%(number)s MB", number=number(-(-bytes_ // 1_000_000)))
