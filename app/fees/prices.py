"""What leaders ask for gigs: by category for publishing, and for letting one stand out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from app.activity.recording import record
from app.categories.models import Category
from app.core.database import db
from app.core.forms import Form, Money, WholeNumber
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import own
from app.fees.models import GigFee
from tenants.context import Actor, tenant
from tenants.isolation import scoped
from tenants.versions import touch

# Less than this Stripe cannot charge in most currencies.
_LEAST = 50


class PricesForm(Form):
    """What is asked everywhere; `prices_form` adds a field for each category."""

    days = WholeNumber(_l("Stands out for"), least=1, most=90, required=_l("Say for how many days."))

    category_ids: tuple[UUID, ...] = ()

    @property
    def of_categories(self) -> list[Any]:
        """Return the fields of the categories."""
        return [self[f"category_{category_id.hex}"] for category_id in self.category_ids]

    def check(self) -> None:
        for name in ("listing", "featured", *(field.name for field in self.of_categories)):
            amount = self[name].data
            if amount and amount < _LEAST:
                self.refuse(name, _("This is too little to be charged; leave it empty, or ask for more."))

    @property
    def prices(self) -> dict[tuple[str, UUID | None], int]:
        """Return what is asked, in minor units, by kind and category; what is free is left out, unless elsewhere it is not."""
        asked: dict[tuple[str, UUID | None], int] = {}
        for kind in ("listing", "featured"):
            if self[kind].data:
                asked[kind, None] = self[kind].data
        for category_id, field in zip(self.category_ids, self.of_categories, strict=True):
            if field.data is not None:
                asked["listing", category_id] = field.data
        return asked


def prices_form(*, sent: bool) -> PricesForm:
    """Return the form of the tenant's prices, filled with those in force unless it was sent."""
    currency = tenant.currency
    listed = select(Category.id, Category.name).where(scoped(Category), Category.archived_at.is_(None))
    categories = db.session.execute(listed.order_by(Category.position, Category.name)).all()
    fields: dict[str, Any] = {
        "listing": Money(
            _("Posting a gig"), currency=currency, hint=_("Once, before it goes live. Empty: it is free.")
        ),
        "featured": Money(
            _("Featuring a gig"),
            currency=currency,
            hint=_("Empty: nobody can. Up to three stand above the list, marked as such."),
        ),
        "category_ids": tuple(row.id for row in categories),
    }
    for row in categories:
        fields[f"category_{row.id.hex}"] = Money(own(row.name), currency=currency)
    made: PricesForm = type("PricesForm", (PricesForm,), fields)(data=None if sent else _filled())
    return made


def ask_for(prices: Mapping[tuple[str, UUID | None], int], *, days: int, by: Actor) -> None:
    """Ask these prices from now on. What was paid, or is being paid on a page that is open, stays as it was."""
    before = _asked()
    db.session.execute(delete(GigFee).where(scoped(GigFee)).execution_options(synchronize_session=False))
    db.session.add_all(
        GigFee(kind=kind, category_id=category_id, amount=amount, currency=tenant.currency, days=days)
        for (kind, category_id), amount in prices.items()
    )
    told = {f"{kind} {category_id or ''}".strip(): amount for (kind, category_id), amount in prices.items()}
    record("changed_settings", by, by=by, kind="tenant", changes={"gig_fees": {"from": before, "to": told}})
    touch("gigs")


def _rows() -> list[GigFee]:
    return list(db.session.scalars(select(GigFee).where(scoped(GigFee)).order_by(GigFee.id)))


def _asked() -> dict[str, int]:
    return {f"{row.kind} {row.category_id or ''}".strip(): row.amount for row in _rows()}


def _filled() -> dict[str, Any]:
    filled: dict[str, Any] = {"days": 7}
    for row in _rows():
        filled["days"] = row.days
        filled[row.kind if row.category_id is None else f"category_{row.category_id.hex}"] = row.amount
    return filled
