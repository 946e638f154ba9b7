"""What a leader settles: what a membership is needed for, and what happens when it is not paid."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.access.queries import tiers_to_name
from app.access.words import AFTER_LAPSE, groups
from app.core import clock
from app.core.forms import Choice, Choices, Date, Form, Paragraphs, WholeNumber
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.memberships.models import LIMITS
from tenants.context import tenant
from tenants.needs import EVERYBODY, MOST_GRACE, PURPOSES

_WHO = {
    "nobody": _l("Nobody: everybody may"),
    EVERYBODY: _l("Everybody"),
    "some": _l("Some people only"),
}


def _who() -> Choice:
    return Choice(_l("Who needs a membership for this"), options=_WHO, radios=True, required=True)


def _groups() -> Choices:
    return Choices(_l("These people"), options=groups)


def _tiers() -> Choices:
    return Choices(_l("Which memberships are enough"), options=tiers_to_name, hint=_l("None ticked: any of them."))


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of one purpose, as the page shows them."""

    purpose: str
    who: Any
    groups: Any
    tiers: Any


class AccessByMembership(Form):
    """Who needs a membership for what. The people who run the marketplace never do."""

    see_who, see_groups, see_tiers = _who(), _groups(), _tiers()
    post_who, post_groups, post_tiers = _who(), _groups(), _tiers()
    apply_who, apply_groups, apply_tiers = _who(), _groups(), _tiers()
    contact_who, contact_groups, contact_tiers = _who(), _groups(), _tiers()
    grace_days = WholeNumber(
        _l("Days of grace"),
        least=0,
        most=MOST_GRACE,
        required=True,
        hint=_l("For so long nothing changes for a member whose payment failed. Meanwhile they are reminded."),
    )
    after_lapse = Choice(_l("What is left after that"), options=AFTER_LAPSE, radios=True, required=True)

    @classmethod
    def of(cls, needs: dict[str, Any], *, grace_days: int, after_lapse: str) -> "AccessByMembership":
        """Return the form filled with what is settled now."""
        filled: dict[str, Any] = {"grace_days": grace_days, "after_lapse": after_lapse}
        for purpose in PURPOSES:
            one = needs.get(purpose, {})
            named = one.get("groups", [])
            filled[f"{purpose}_who"] = EVERYBODY if EVERYBODY in named else "some" if named else "nobody"
            filled[f"{purpose}_groups"] = [group for group in named if group != EVERYBODY]
            filled[f"{purpose}_tiers"] = one.get("tiers", [])
        return cls(data=filled)

    @property
    def asked(self) -> Iterator[Asked]:
        for purpose in PURPOSES:
            yield Asked(purpose, *(self[f"{purpose}_{part}"] for part in ("who", "groups", "tiers")))

    @property
    def needs(self) -> dict[str, Any]:
        """Return what was settled, as the tenant keeps it."""
        return {
            one.purpose: {
                "groups": [EVERYBODY] if one.who.data == EVERYBODY else one.groups.data,
                "tiers": one.tiers.data,
            }
            for one in self.asked
            if one.who.data != "nobody"
        }

    def check(self) -> None:
        for one in self.asked:
            if one.who.data == "some" and not one.groups.data:
                self.refuse(f"{one.purpose}_groups", _("Say who, or choose nobody or everybody."))


class WithoutMembership(Form):
    """What a member without a membership may at most. What nobody may at all without one is settled beside who needs one."""

    posts_a_month = WholeNumber(_l("Gigs to post each month"), least=1, most=10_000)
    open_applications = WholeNumber(_l("Hands raised at a time"), least=1, most=10_000)
    categories = WholeNumber(_l("Categories to post in"), least=1, most=1_000)
    alerts = WholeNumber(_l("Alerts"), least=1, most=20)

    @property
    def limits(self) -> dict[str, int]:
        """Return what was settled, as the tenant keeps it."""
        return {limit: self[limit].data for limit in LIMITS if self[limit].data is not None}


class Giving(Form):
    """A membership that a leader gives."""

    tier = Choice(_l("Which membership"), options=tiers_to_name, required=_l("Choose which one."))
    until = Date(
        _l("Until"),
        earliest=lambda: clock.today(tenant.time_zone),
        hint=_l("The last day. Leave it empty, and it is for good."),
    )
    why = Paragraphs(
        _l("Why"), max=600, required=_l("Say why in a few words."), hint=_l("The member reads it, and it is kept.")
    )
