"""A rule of commission, typed; and the example that is tried on the rules."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.categories.queries import posting_choices
from app.commissions.groups import groups_here
from app.commissions.models import FEES
from app.commissions.split import WHOLE, Fee
from app.core.forms import Choice, Form, Money, TextField
from app.core.forms.base import short
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from tenants.context import tenant

_MOST = 1_000_000_00


class Percent(TextField):
    """A share, typed as “5”, “2.5” or “2,5 %”: its data are basis points."""

    max = 20

    def __init__(self, label: str, *args: Any, **options: Any) -> None:
        attributes = {"inputmode": "decimal", **(options.pop("attributes", None) or {})}
        super().__init__(label, *args, attributes=attributes, **options)

    def parse(self, text: str) -> int:
        bare = text.replace("%", "").replace("\u00a0", "").strip().replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", bare):
            raise ValueError(_("“%(text)s” is not a percentage, such as 5 or 2.5.", text=short(text)))
        found = int(Decimal(bare) * 100)
        if found > WHOLE:
            raise ValueError(_("More than everything cannot be taken: at most 100."))
        return found

    def show(self, value: int) -> str:
        return f"{Decimal(value) / 100:f}".rstrip("0").rstrip(".") if value % 100 else str(value // 100)


def _here(_form: Any) -> str:
    return tenant.currency


def categories(chosen: UUID | None = None) -> list[tuple[UUID | None, str]]:
    """Return the categories to choose from, all of them together first; also an archived one when it is `chosen`."""
    return [(None, _("Every category")), *posting_choices(chosen)]


class RuleForm(Form):
    """For whom a rule is, and its four parts; amounts are in the marketplace's currency."""

    people = Choice(_l("For whom"), options=groups_here, required=True)
    category_id = Choice(_l("In which category"), options=categories)
    client_points = Percent(_l("Share of the price"))
    client_fixed = Money(_l("Fixed amount of each payment"), currency=_here, most=_MOST)
    client_least = Money(_l("At least"), currency=_here, most=_MOST)
    client_most = Money(_l("At most"), currency=_here, most=_MOST)
    worker_points = Percent(_l("Share of the price"))
    worker_fixed = Money(_l("Fixed amount of each payment"), currency=_here, most=_MOST)
    worker_least = Money(_l("At least"), currency=_here, most=_MOST)
    worker_most = Money(_l("At most"), currency=_here, most=_MOST)
    leader_points = Percent(_l("Share of what the marketplace takes"))
    leader_fixed = Money(_l("Fixed amount of each payment"), currency=_here, most=_MOST)
    coordinator_points = Percent(_l("Share of the price"))
    coordinator_fixed = Money(_l("Fixed amount of each payment"), currency=_here, most=_MOST)

    @property
    def fees(self) -> dict[str, Fee]:
        """Return what was typed as the four fees of a rule."""
        return {name: self._fee(name) for name in FEES}

    def check(self) -> None:
        for side in ("client", "worker"):
            least, most = self[f"{side}_least"].data or 0, self[f"{side}_most"].data
            if most is not None and most < least:
                self.refuse(f"{side}_most", _("This is less than the least."))

    def _fee(self, name: str) -> Fee:
        typed = {part: self._fields[f"{name}_{part}"].data for part in _PARTS if f"{name}_{part}" in self._fields}
        return Fee(typed["fixed"] or 0, typed["points"] or 0, typed.get("least") or 0, typed.get("most"))


_PARTS = ("fixed", "points", "least", "most")


def filled(rule: Any) -> dict[str, Any]:
    """Return what a form shows of a rule; fees that are none are left empty."""
    shown: dict[str, Any] = {"people": rule.group, "category_id": rule.category_id}
    for name in FEES:
        fee = getattr(rule, name)
        shown |= {f"{name}_{part}": getattr(fee, part) or None for part in _PARTS[:3]} | {f"{name}_most": fee.most}
    return shown


class ExampleForm(Form):
    """A price, and between whom: asked for in the address, so that an answer can be passed on."""

    amount = Money(_l("Price"), currency=_here, most=_MOST)
    category_id = Choice(_l("Category"), options=categories)
    client = Choice(_l("The client is one of"), options=groups_here)
    worker = Choice(_l("The worker is one of"), options=groups_here)
