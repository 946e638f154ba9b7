"""Commission in words: a fee, a rule, why it is that one, and what both sides pay and get."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.commissions.groups import GROUPS, TIER
from app.commissions.rules import Applied, Rule
from app.commissions.split import Fee, FrozenTerms, Split, split, together
from app.core.languages import gettext as _
from app.core.languages import ngettext, own
from app.core.wording import money, points

# Of work that is paid by the hour nobody knows the whole; an example says what becomes of so many hours.
_HOURS = 10


@dataclass(frozen=True, slots=True)
class Account:
    """What becomes of the pay, for whoever looks: a heading, pairs of label and amount, and sentences on why."""

    heading: str
    rows: list[tuple[str, str]]
    why: list[str]


def fee_in_words(fee: Fee, currency: str) -> str:
    """Return a fee as one reads it: “€1 and 5%, at least €2”; empty when it is none."""
    least, most = money(fee.least, currency), money(fee.most or 0, currency)
    plain = _plain(fee, currency)
    if not fee:
        return ""
    elif not plain:
        return least
    elif fee.least and fee.most is not None:
        return _("%(fee)s, from %(least)s to %(most)s", fee=plain, least=least, most=most)
    elif fee.least:
        return _("%(fee)s, at least %(least)s", fee=plain, least=least)
    elif fee.most is not None:
        return _("%(fee)s, at most %(most)s", fee=plain, most=most)
    else:
        return plain


def rule_in_words(rule: Rule) -> list[str]:
    """Return what a rule takes, a sentence for each of its parts."""
    said = {
        name: fee_in_words(getattr(rule, name), rule.currency) for name in ("client", "worker", "leader", "coordinator")
    }
    sentences = []
    if said["client"]:
        sentences.append(_("On top of the price the client pays %(fee)s.", fee=said["client"]))
    if said["worker"]:
        sentences.append(_("From the worker's pay the marketplace keeps %(fee)s.", fee=said["worker"]))
    if said["leader"]:
        sentences.append(
            _("Of what the marketplace takes, the leaders of the category get %(fee)s.", fee=said["leader"])
        )
    if said["coordinator"]:
        sentences.append(_("A coordinator gets %(fee)s, which the client pays on top.", fee=said["coordinator"]))
    return sentences or [_("Nothing is taken.")]


def whom(people: str, category: str) -> str:
    """Return for whom a rule is: “Newcomers in Lettering”; `people` is a group, or a tier by its name."""
    kind, _space, tier = people.partition(" ")
    group = _("Members with %(tier)s", tier=tier) if kind == TIER else str(GROUPS.get(people, people))
    return _("%(people)s in %(category)s", people=group, category=own(category)) if category else group


def payments(terms: Any) -> list[int]:
    """Return the amounts in which terms are paid: milestone by milestone, or all at once; for pay by the hour an example."""
    amounts = [part.amount for part in getattr(terms, "milestones", ()) if part.amount is not None]
    if amounts:
        return amounts
    whole = terms.amount or 0
    return [whole * _HOURS if terms.pay_kind == "hourly" else whole]


def whole_of(amounts: Iterable[int], terms: FrozenTerms, *, currency: str) -> Split:
    """Return what several payments come to."""
    return together(split(amount, terms, currency=currency) for amount in amounts)


def account_of(terms: Any, found: Applied, *, side: str, client: str, worker: str) -> Account | None:
    """Return what becomes of the pay; None where nothing is paid, or nothing taken.

    :param terms: what is put forward (`app.agreements.terms.Terms`).
    :param side: who looks: `client`, `worker`, or anybody else.
    :param client: the first name of who pays, as `worker` of who works.
    """
    amounts = payments(terms) if terms.settlement == "money" else []
    if not found.terms or not any(amounts):
        return None
    shared = whole_of(amounts, found.terms, currency=terms.currency)
    return Account(
        _heading(terms, len(amounts)),
        _rows(shared, found, terms.currency, side, client, worker),
        _why(found, terms.currency, side, client, worker),
    )


def in_one_sentence(amount: int, found: Applied, *, currency: str, side: str) -> str:
    """Return what becomes of one payment, for the side that looks; empty where nothing is taken."""
    if not found.terms or not amount:
        return ""
    shared = split(amount, found.terms, currency=currency)
    figures = {
        "price": money(amount, currency),
        "paid": money(shared.client_pays, currency),
        "got": money(shared.worker_gets, currency),
        "taken": money(shared.commission, currency),
    }
    if side == "client":
        return _("At %(price)s you pay %(paid)s: %(got)s for the worker and %(taken)s for the marketplace.", **figures)
    return _("At %(price)s you get %(got)s. The client pays %(paid)s; %(taken)s is for the marketplace.", **figures)


def in_sentences(found: Applied, *, currency: str, side: str) -> list[str]:
    """Return what is taken of whom, for the side that looks, where no amount is known yet."""
    return _why(found, currency, side, _("The client"), _("The worker"))


def _plain(fee: Fee, currency: str) -> str:
    if fee.fixed and fee.points:
        return _("%(amount)s and %(share)s", amount=money(fee.fixed, currency), share=points(fee.points))
    return money(fee.fixed, currency) if fee.fixed else points(fee.points) if fee.points else ""


def _heading(terms: Any, number: int) -> str:
    if number > 1:
        return ngettext(
            "What becomes of the pay, in %(num)s payment", "What becomes of the pay, in %(num)s payments", number
        )
    elif terms.pay_kind == "hourly" and not terms.milestones:
        return _("What becomes of the pay for %(number)s hours, paid at once", number=_HOURS)
    return _("What becomes of the pay")


def _rows(shared: Split, found: Applied, currency: str, side: str, client: str, worker: str) -> list[tuple[str, str]]:
    names = {"client": own(client), "worker": own(worker)}
    rows = [
        (_("You pay") if side == "client" else _("%(name)s pays", name=names["client"]), shared.client_pays),
        (_("You get") if side == "worker" else _("%(name)s gets", name=names["worker"]), shared.worker_gets),
        (_("The marketplace keeps"), shared.hall_keeps),
    ]
    if shared.leaders_get:
        count = len(found.terms.leader_ids)
        label = ngettext(
            "The leader of %(category)s gets", "The leaders of %(category)s get", count, category=own(found.why.led)
        )
        rows.append((label, shared.leaders_get))
    if shared.coordinator_fee:
        rows.append((_("The coordinator gets"), shared.coordinator_fee))
    return [(label, money(amount, currency)) for label, amount in rows]


def _why(found: Applied, currency: str, side: str, client: str, worker: str) -> list[str]:
    """Return in words what is taken of whom, and by which rule."""
    said = []
    if found.terms.client and found.why.client:
        of = {"fee": fee_in_words(found.terms.client, currency), "rule": whom(*found.why.client)}
        said.append(
            _("You pay %(fee)s on top of the price: the rule “%(rule)s”.", **of)
            if side == "client"
            else _("%(name)s pays %(fee)s on top of the price: the rule “%(rule)s”.", name=own(client), **of)
        )
    if found.terms.worker and found.why.worker:
        of = {"fee": fee_in_words(found.terms.worker, currency), "rule": whom(*found.why.worker)}
        said.append(
            _("Of your pay the marketplace keeps %(fee)s: the rule “%(rule)s”.", **of)
            if side == "worker"
            else _("Of %(name)s's pay the marketplace keeps %(fee)s: the rule “%(rule)s”.", name=own(worker), **of)
        )
    return said
