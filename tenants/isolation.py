"""Isolation: a tenant's table, the setting that the database checks, and the refusal of a role that could ignore it."""

import os
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    bindparam,
    event,
    text,
    true,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core.database import begin_with
from app.core.ids import new_id
from tenants.context import current_tenant_id, tenant_id_or_none

# Row-level security alone must give the same results: a test switches the explicit predicates off in a process of its own.
_PREDICATES_ON = os.environ.get("GUILDHALL_TENANT_PREDICATES", "on") != "off"


class TenantLink:
    """A table of a tenant's without an id of its own: `tenant_id` leads its key."""

    tenant_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("tenants.id"), primary_key=True, default=current_tenant_id, sort_order=-100
    )


class TenantRow(TenantLink):
    """A table of a tenant's: the key is `(tenant_id, id)`."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-99)


def tenant_key(column: str, target: str, **options: Any) -> ForeignKeyConstraint:
    """Return the composite foreign key `(tenant_id, column)` → `(target.tenant_id, target.id)`.

    A plain foreign key bypasses row-level security and could point into another tenant; this one cannot.
    """
    return ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], **options)


def scoped(model: Any) -> ColumnElement[bool]:
    """Return the explicit tenant predicate for a model or table: the tenant is read when the statement runs."""
    if _PREDICATES_ON:
        column: ColumnElement[int] = model.c.tenant_id if hasattr(model, "c") else model.tenant_id
        return column == bindparam("tenant_in_force", callable_=current_tenant_id, type_=BigInteger)
    else:
        return true()


def row_security(table: str) -> list[str]:
    """Return the statements that confine a tenant's table to the tenant in force.

    The bare `current_setting` call, without `missing_ok` and without a sub-select: the planner sees the tenant's
    statistics, and an unset tenant fails loudly.
    """
    here = "tenant_id = current_setting('app.tenant_id')::bigint"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY tenant ON {table} USING ({here}) WITH CHECK ({here})",
    ]


def name_the_tenant(session: Session, _transaction: object, connection: Connection) -> None:
    """Say to the database, at every begin, whose transaction this is; an empty name means nobody's.

    A literal SET LOCAL, since `set_config()` is not propagated by Citus.
    """
    tenant_id = tenant_id_or_none()
    session.info["tenant_id"] = tenant_id
    begin_with(connection, f"SET LOCAL app.tenant_id = '{'' if tenant_id is None else int(tenant_id)}'")


def install() -> None:
    """Let every session name its tenant when a transaction begins."""
    if not event.contains(Session, "after_begin", name_the_tenant):
        event.listen(Session, "after_begin", name_the_tenant)


class UnsafeRole(RuntimeError):
    """The runtime role could step around row-level security; we refuse to start."""


def refuse_unsafe_role(connection: Connection) -> None:
    """Check the role that the application runs as.

    :raises UnsafeRole: when it is superuser, has BYPASSRLS, owns a table or may become the search owner.
    """
    row = connection.execute(
        text(
            """
            SELECT r.rolname, r.rolsuper, r.rolbypassrls,
                   EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p', 'v', 'm')) AS owns,
                   EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid) AS is_a_member,
                   EXISTS (SELECT 1 FROM pg_namespace n WHERE n.nspname = 'public'
                           AND has_schema_privilege(r.oid, n.oid, 'CREATE')) AS may_create,
                   EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                           WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                           AND has_table_privilege(r.oid, c.oid, 'TRUNCATE')) AS may_truncate
              FROM pg_roles r WHERE r.rolname = current_user
            """
        )
    ).one()
    faults = list(_faults(row))
    if faults:
        raise UnsafeRole(
            f"The database role {row.rolname!r} {', '.join(faults)}. Guildhall relies on row-level security and starts only "
            "with a role that cannot step around it: see 'guildhall database roles'."
        )


def _faults(row: Any) -> Iterable[str]:
    if row.rolsuper:
        yield "is a superuser"
    if row.rolbypassrls:
        yield "has BYPASSRLS"
    if row.owns:
        yield "owns tables"
    if row.is_a_member:
        yield "is a member of other roles"
    if row.may_create:
        yield "may create in the schema"
    if row.may_truncate:
        yield "may truncate tables"
