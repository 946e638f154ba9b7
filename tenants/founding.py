"""A tenant comes into being: its row, its address and its counters."""

from typing import Any

from sqlalchemy import text

from app.core import clock
from app.core.database import db, platform_connection
from tenants.models import Domain, Tenant, TenantVersions
from tenants.names import host_of


def next_tenant_id() -> int:
    """Return an id for a tenant about to be founded. It comes first, since the rows may be written only inside its context."""
    with platform_connection() as connection:
        return int(connection.execute(text("SELECT nextval(pg_get_serial_sequence('tenants', 'id'))")).scalar_one())


def found(tenant_id: int, *, slug: str, name: str, kind: str, **settings: Any) -> Tenant:
    """Return the new tenant, written in the open transaction of its own context.

    :param settings: any other column of Tenant.
    """
    tenant = Tenant(id=tenant_id, slug=slug, name=name, kind=kind, created_at=clock.now(), **settings)
    db.session.add(tenant)
    db.session.flush()
    db.session.add(TenantVersions(tenant_id=tenant_id))
    db.session.add(Domain(host=host_of(slug), tenant_id=tenant_id, is_primary=True, created_at=clock.now()))
    db.session.flush()
    return tenant
