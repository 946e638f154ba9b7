"""Changing what is settled about a tenant."""

from typing import Any

from app.activity.recording import record
from tenants.context import Actor
from tenants.models import Tenant
from tenants.versions import touch


def change_settings(row: Tenant, changes: dict[str, Any], *, by: Actor) -> None:
    """Change columns of the tenant and write down which; unknown names are an error, equal values are nothing."""
    before = {name: getattr(row, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        told = {name: {"from": before[name], "to": value} for name, value in changed.items()}
        # A tenant's id is a number, so its facts hang on the member who changed it.
        record("changed_settings", by, by=by, kind="tenant", changes=told)
        touch("hall", "gigs", "people")
