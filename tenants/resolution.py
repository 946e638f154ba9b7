"""Host → site → tenant. The host comes from the request line or a proxy that we trust, the tenant from the database."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, bindparam, select
from sqlalchemy import cast as as_type

from app.core.config import Config
from app.core.database import platform_connection
from app.core.errors import Gone, NotFound
from app.core.languages import lazy_gettext as _l
from tenants.context import Site, TenantInfo, Versions
from tenants.models import Domain, Tenant, TenantVersions
from tenants.needs import Needs

_COLUMNS = (
    "id",
    "slug",
    "name",
    "kind",
    "status",
    "tagline",
    "time_zone",
    "locale",
    "currency",
    "preset",
    "brand_colour",
    "who_may_see",
    "who_may_join",
    "who_may_post",
    "rules_version",
    "page_count",
    "tier_count",
    "logo",
    "cover",
    "membership_needs",
    "after_lapse",
)

# All as text, as the first read of a request gives it. First what an address is asked for most.
EVERYTHING = (
    select(
        *(
            as_type(column, Text)
            for column in (
                Domain.removed_at,
                Domain.host,
                TenantVersions.gigs,
                TenantVersions.people,
                TenantVersions.hall,
                *(getattr(Tenant, name) for name in _COLUMNS),
            )
        )
    )
    .join(Tenant, Tenant.id == Domain.tenant_id)
    .join(TenantVersions, TenantVersions.tenant_id == Tenant.id)
)
_ID, _TIME_ZONE = 5 + _COLUMNS.index("id"), 5 + _COLUMNS.index("time_zone")
_BY_HOST = EVERYTHING.where(Domain.host == bindparam("host"))
_OPEN = (
    EVERYTHING.where(Domain.is_primary, Domain.removed_at.is_(None), Tenant.status == "active")
    .order_by(Tenant.id)
    .limit(bindparam("how_many"))
)
_PRIMARY_HOST = select(Domain.host).where(
    Domain.tenant_id == bindparam("tenant_id"), Domain.is_primary, Domain.removed_at.is_(None)
)


class NoSuchAddress(NotFound):
    message = _l("There is no marketplace at this address.")


class AddressGone(Gone):
    message = _l("This marketplace is no longer here.")


class Suspended(AddressGone):
    message = _l("This marketplace is closed for now, and may open again. Its leaders know why.")


@dataclass(frozen=True, slots=True)
class Sites:
    """Which site a host belongs to: the platform, its identity host, or a tenant's."""

    platform_host: str

    @classmethod
    def of(cls, config: Config) -> "Sites":
        return cls(config.platform_host)

    @property
    def identity_host(self) -> str:
        return f"id.{self.platform_host}"

    def at(self, host: str) -> Site:
        """Return the site of a host, given with or without a port."""
        name = bare(host)
        if name == self.platform_host:
            return "platform"
        elif name == self.identity_host:
            return "id"
        else:
            return "hall"


def bare(host: str) -> str:
    """Return a host in lower case, without port and trailing dot."""
    return host.rsplit(":", 1)[0].rstrip(".").lower() if not host.endswith("]") else host.lower()


def tenant_at(host: str) -> TenantInfo:
    """Return the open tenant at a host.

    :raises NoSuchAddress: when nobody has this address.
    :raises Suspended: when the tenant is suspended.
    :raises AddressGone: when it is closed, or the address was given up.
    """
    with platform_connection() as connection:
        row = connection.execute(_BY_HOST, {"host": bare(host)}).one_or_none()
    if row is None:
        raise NoSuchAddress
    return opened(row)


def opened(row: Any) -> TenantInfo:
    """Return the tenant that a row of `EVERYTHING` tells of.

    :raises AddressGone: when it is suspended or closed, or the address was given up.
    """
    info = _info(row)
    if row[0] is None and info.status == "suspended":
        raise Suspended
    elif row[0] is not None or not info.is_open:
        raise AddressGone
    return info


def tenant_id(row: Any) -> int:
    """Return whose row of `EVERYTHING` it is."""
    return int(row[_ID])


def time_zone(row: Any) -> str:
    """Return where a row of `EVERYTHING` is at home."""
    return str(row[_TIME_ZONE])


def tenant_by_id(tenant_id: int) -> TenantInfo | None:
    """Return a tenant whatever its status, or None: for jobs and the console."""
    with platform_connection() as connection:
        host = connection.execute(_PRIMARY_HOST, {"tenant_id": tenant_id}).scalar_one_or_none()
        row = connection.execute(_BY_HOST, {"host": host}).one_or_none() if host else None
    return _info(row) if row is not None else None


def tenant_by_slug(slug: str) -> TenantInfo | None:
    """Return the tenant that was opened under a slug, or None."""
    with platform_connection() as connection:
        tenant_id = connection.execute(select(Tenant.id).where(Tenant.slug == slug)).scalar_one_or_none()
    return tenant_by_id(tenant_id) if tenant_id is not None else None


def open_tenants(*, limit: int) -> list[TenantInfo]:
    """Return the oldest open tenants: for development's start page and the console."""
    with platform_connection() as connection:
        rows = connection.execute(_OPEN, {"how_many": limit}).all()
    return [_info(row) for row in rows]


def _info(row: Any) -> TenantInfo:
    _, host, gigs, people, hall, *columns = row
    values: dict[str, Any] = dict(zip(_COLUMNS, columns, strict=True))
    numbers = {name: int(values[name]) for name in ("id", "rules_version", "page_count", "tier_count")}
    needs = Needs.read(json.loads(values.pop("membership_needs")), values.pop("after_lapse"))
    return TenantInfo(host=host, versions=Versions(int(gigs), int(people), int(hall)), needs=needs, **values | numbers)
