"""Giving a marketplace another look, and going back to one it had."""

from datetime import datetime

from sqlalchemy import select

from app.activity.recording import record
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l
from app.looks.models import Appearance, ThemeVersion
from app.looks.queries import newest_number, version_or_404
from billing.entitlements import current_plan
from tenants.context import Actor, current_tenant_id
from tenants.models import Tenant
from tenants.versions import touch
from themes.presets import PRESETS
from themes.theme import theme


class LookChangedMeanwhile(Conflict):
    message = _l("The look was changed meanwhile. Look at what it is now, and decide again.")


class AlreadyWorn(Invalid):
    message = _l("This is how your marketplace looks already.")


class OwnLook(Conflict):
    """The plan brings the styles alone; `part` is what of the look is one's own."""

    message = _l(
        "Your plan brings the six styles in their own colours. What you have stays; anything else needs a larger plan."
    )

    def __init__(self, part: str) -> None:
        super().__init__(str(self.message))
        self.part = part


def publish(wanted: Appearance, *, by: Actor, seen: int | None, now: datetime) -> ThemeVersion:
    """Let the marketplace look like `wanted` from now on. `seen` is the number of the version that `by` looked at.

    :raises LookChangedMeanwhile: when another version came in between.
    :raises AlreadyWorn: when nothing would change.
    :raises OwnLook: when the plan does not bring it; what was there before, it lets stay.
    """
    return _put_on(wanted, by=by, seen=seen, now=now)


def wear(wanted: Appearance, *, by: Actor, seen: int | None, now: datetime) -> ThemeVersion:
    """Do the same whatever the plan brings: for what a marketplace wore before plans asked for one, as in the demo.

    :raises LookChangedMeanwhile, AlreadyWorn: as for `publish`.
    """
    return _put_on(wanted, by=by, seen=seen, now=now, asks_plan=False)


def restore(number: int, *, by: Actor, seen: int | None, now: datetime) -> ThemeVersion:
    """Go back to an earlier version: it is put on again, as a new one.

    :raises NotFound: when there is no such version.
    :raises LookChangedMeanwhile, AlreadyWorn: as for `publish`.
    """
    return _put_on(Appearance.of(version_or_404(number)), by=by, seen=seen, now=now, restores=number, asks_plan=False)


def _put_on(
    wanted: Appearance,
    *,
    by: Actor,
    seen: int | None,
    now: datetime,
    restores: int | None = None,
    asks_plan: bool = True,
) -> ThemeVersion:
    theme(wanted.preset, wanted.brand_colour)
    # Two leaders at once: the second waits here and then sees what the first did.
    tenant = db.session.scalars(
        select(Tenant)
        .where(Tenant.id == current_tenant_id())
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    newest = newest_number()
    if seen != newest:
        raise LookChangedMeanwhile
    before = Appearance.of(tenant)
    if not (changed := before.differs_in(wanted)):
        raise AlreadyWorn
    if asks_plan and not current_plan(now=now).own_look:
        _refuse_own(wanted, before)
    if not newest:
        newest = 1
        db.session.add(_version(1, before, made_at=tenant.created_at))
    version = _version(newest + 1, wanted, made_at=now, by=by, restores=restores)
    db.session.add(version)
    wanted.put_on(tenant)
    # A tenant's id is a number, so its facts hang on the member who changed it.
    record("changed_look", by, by=by, kind="tenant", version=version.number, changed=changed)
    touch("hall", "gigs", "people")
    db.session.flush()
    return version


def _refuse_own(wanted: Appearance, before: Appearance) -> None:
    brought = {"brand_colour": PRESETS[wanted.preset].brand_colour, "logo": None, "cover": None}
    for part, value in brought.items():
        if getattr(wanted, part) not in (value, getattr(before, part)):
            raise OwnLook(part)


def _version(
    number: int, look: Appearance, *, made_at: datetime, by: Actor | None = None, restores: int | None = None
) -> ThemeVersion:
    return ThemeVersion(
        number=number,
        made_by=by.id if by else None,
        made_at=made_at,
        restores=restores,
        **{name: getattr(look, name) for name in Appearance.__slots__},
    )
