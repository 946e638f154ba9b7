"""The narrowing filters in words."""

from collections.abc import Iterator, Mapping

from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.wording import money
from app.gigs.search import HOURS, PAY
from tenants.context import current_tenant


def narrowing_labels() -> Iterator[tuple[str, str, str, Mapping[str, str]]]:
    """Yield name, title, the label that lifts it, and labels by choice (none where a choice is its own label)."""
    yield "skill", _("Skill"), _("Any skill"), {}
    yield "pay", _("Pay"), _("Any pay"), {choice: _pay(choice) for choice in PAY}
    hours = {number: ngettext("Up to %(num)s hour", "Up to %(num)s hours", int(number)) for number in HOURS}
    yield "hours", _("Hours a week"), _("Any number"), hours
    yield "due", _("Due"), _("Any time"), {"week": _("Within a week"), "month": _("Within a month")}
    yield "room", _("Places"), _("Taken or free"), {"free": _("A place is free")}


def _pay(choice: str) -> str:
    kind, least = choice.split("-")
    amount = money(int(least) * 100, current_tenant().currency)
    return _("%(amount)s or more", amount=amount) if kind == "fixed" else _("%(amount)s an hour or more", amount=amount)
