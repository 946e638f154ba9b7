"""Jobs know tenants: each runs inside the one it was enqueued for, with nobody signed in."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.core.jobs import init_jobs
from tenants.context import acting_as, platform_context, tenant_context, tenant_id_or_none
from tenants.resolution import NoSuchAddress, tenant_by_id


def install(app: Flask) -> None:
    """Let the application's jobs take the tenant in force along."""
    init_jobs(app, tenant_in_force=tenant_id_or_none, enter=job_context)


@contextmanager
def job_context(tenant_id: int | None) -> Iterator[None]:
    """Put a job's tenant in force, read afresh; None is the platform.

    :raises NoSuchAddress: when the tenant is gone; its jobs end then.
    """
    if tenant_id is None:
        with acting_as(None), platform_context():
            yield
        return
    tenant = tenant_by_id(tenant_id)
    if tenant is None:
        raise NoSuchAddress
    with acting_as(None), tenant_context(tenant):
        yield
