"""An example tried on the rules: a price, a category, and of which groups the two sides are."""

from dataclasses import dataclass
from typing import Any

from app.commissions.forms import ExampleForm
from app.commissions.rules import Rule, leaders_of, nearest
from app.commissions.split import NOTHING, Fee, FrozenTerms, Split, split
from app.commissions.wording import whom
from app.core.languages import gettext as _
from app.core.wording import money
from tenants.context import tenant


@dataclass(frozen=True, slots=True)
class Example:
    """What an example comes to: pairs of label and amount, and sentences that say by which rule."""

    rows: list[tuple[str, str]]
    why: list[str]


def example(every: list[Rule], form: ExampleForm) -> Example | None:
    """Return what becomes of the price; None where none was given."""
    amount, category_id = form.amount.data or 0, form.category_id.data
    if not amount:
        return None
    of_client, of_worker = (
        nearest(every, category_id=category_id, groups=frozenset({side.data, "everybody"}))
        for side in (form.client, form.worker)
    )
    fees = of_worker.fees(tenant.currency) if of_worker else {}
    leaders = leaders_of(category_id)
    terms = FrozenTerms(
        of_client.fees(tenant.currency)["client"] if of_client else NOTHING,
        fees.get("worker", NOTHING),
        fees.get("leader", NOTHING),
        tuple(row.id for row in leaders),
    )
    rows = _rows(split(amount, terms, currency=tenant.currency))
    return Example(rows, list(_why(of_client, of_worker, fees.get("leader", NOTHING), bool(leaders))))


def _rows(shared: Split) -> list[tuple[str, str]]:
    rows = [
        (_("The client pays"), shared.client_pays),
        (_("The worker gets"), shared.worker_gets),
        (_("The marketplace keeps"), shared.hall_keeps),
        (_("The category's leaders get"), shared.leaders_get),
    ]
    return [(label, money(amount, tenant.currency)) for label, amount in rows]


def _why(of_client: Rule | None, of_worker: Rule | None, leader: Fee, has_leaders: bool) -> Any:
    named = {"client": of_client, "worker": of_worker}
    rule = {side: whom(one.named, one.category) for side, one in named.items() if one}
    if not rule:
        yield _("No rule fits, so nothing is taken.")
    elif rule.get("client") == rule.get("worker"):
        yield _("For both the rule “%(rule)s” is the nearest.", rule=rule["client"])
    else:
        if "client" in rule:
            yield _("For the client the rule “%(rule)s” is the nearest.", rule=rule["client"])
        if "worker" in rule:
            yield _("For the worker the rule “%(rule)s” is the nearest.", rule=rule["worker"])
    if leader and not has_leaders:
        yield _("The category has no leaders, so the marketplace keeps their share.")
