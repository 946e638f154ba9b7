"""The jobs there are, and putting one on the transaction that asks for it."""

import inspect
import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError

from app.core.database import db

TENANT = "tenant_id"

# What a job may be given: names of things, never the things. They are read again when the job runs.
Id = UUID | int | str | None
_LONGEST_ID = 200

# procrastinate's own function, called on our session: web processes need not load procrastinate.
_DEFER: TextClause = text(
    """
    SELECT unnest(procrastinate_defer_jobs_v1(
        (SELECT array_agg(ROW(CAST(:queue AS varchar), CAST(:name AS varchar), CAST(:priority AS integer), NULL,
                              CAST(:once AS text), args, CAST(:due AS timestamptz))::procrastinate_job_to_defer_v1)
           FROM jsonb_array_elements(CAST(:calls AS jsonb)) AS each(args))))
    """
)


class NoTenantForJob(RuntimeError):
    """A tenant's job was enqueued outside any tenant, or for a tenant from inside another."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How jobs know tenants, given by the layer above: which one is in force, and how to enter one, or none."""

    tenant_in_force: Callable[[], int | None]
    enter: Callable[[int | None], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """A function that runs later, in the worker. Calling the job calls the function here and now."""

    name: str
    function: Callable[..., None]
    queue: str
    priority: int
    retries: int
    is_platform: bool
    cron: str | None = None

    def __call__(self, **ids: Any) -> None:
        self.function(**ids)

    def enqueue(self, *, once: str | None = None, **ids: Id) -> int | None:
        """Run soon, if this transaction commits. Returns the job's number.

        With `once`, nothing is added and None returned while a job of the same words waits in this tenant.

        :raises NoTenantForJob: when a tenant's job is enqueued outside any.
        """
        return self._put([self._call(ids)], once, None)

    def enqueue_at(self, when: datetime, *, once: str | None = None, **ids: Id) -> int | None:
        """Run at `when` or soon after, if this transaction commits; else as `enqueue`."""
        return self._put([self._call(ids)], once, when)

    def enqueue_each(self, calls: Iterable[dict[str, Id]]) -> None:
        """Run soon, once with each of these sets of ids, if this transaction commits; else as `enqueue`. One statement."""
        prepared = [self._call(ids) for ids in calls]
        if prepared:
            self._put(prepared, None, None)

    def enqueue_for(self, *tenant_ids: int, **ids: Id) -> None:
        """Run soon, once in each of these tenants: how the platform's clockwork reaches them.

        :raises NoTenantForJob: when a tenant is in force; one tenant's work never starts another's.
        """
        if self.is_platform or scope().tenant_in_force() is not None:
            raise NoTenantForJob(f"{self.name} can be enqueued for other tenants only from platform work")
        if tenant_ids:
            self._put([{**self._checked(ids), TENANT: tenant_id} for tenant_id in tenant_ids], None, None)

    def _call(self, ids: dict[str, Id]) -> dict[str, Any]:
        tenant_id = scope().tenant_in_force()
        if self.is_platform:
            return self._checked(ids)
        elif tenant_id is None:
            raise NoTenantForJob(f"{self.name} belongs to a tenant and none is in force; or declare it @platform_job")
        return {**self._checked(ids), TENANT: tenant_id}

    def _checked(self, ids: dict[str, Id]) -> dict[str, Any]:
        # Here a wrong call has a traceback that leads to it; in the worker it would have none.
        inspect.signature(self.function).bind(**ids)
        for name, value in ids.items():
            if not isinstance(value, Id) or (isinstance(value, str) and len(value) > _LONGEST_ID):
                raise TypeError(f"{self.name} was given {name}={value!r:.80}; jobs carry ids only")
        return {name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()}

    def _put(self, calls: list[dict[str, Any]], once: str | None, due: datetime | None) -> int | None:
        parameters = {
            "queue": self.queue,
            "name": self.name,
            "priority": self.priority,
            "once": once and f"{calls[0].get(TENANT, '')}:{self.name}:{once}",
            "due": due,
            "calls": json.dumps(calls),
        }
        if once is None:
            return int(db.session.execute(_DEFER, parameters).scalars().all()[0])
        try:
            with db.session.begin_nested():
                return int(db.session.execute(_DEFER, parameters).scalar_one())
        except IntegrityError:
            return None


_jobs: dict[str, Job] = {}

Declared = Callable[[Callable[..., None]], Job]


def job(name: str, *, queue: str = "default", priority: int = 0, retries: int = 8) -> Declared:
    """Declare a tenant's job. The worker runs it in the tenant's context, in one transaction that it commits.

    It may run again after a crash; what it did to the database is then undone or, once committed, not repeated.
    Effects elsewhere (mail) need a key of their own that makes a repetition harmless.
    """
    return _declare(name, queue, priority, retries, is_platform=False)


def platform_job(name: str, *, queue: str = "default", priority: int = 0, retries: int = 8) -> Declared:
    """Declare a job that belongs to no tenant and sees no tenant's rows."""
    return _declare(name, queue, priority, retries, is_platform=True)


def periodic(cron: str, name: str, *, queue: str = "default", priority: int = 0, retries: int = 0) -> Declared:
    """Declare platform work that the clock starts, by a cron line in UTC; once however many workers there are."""
    return _declare(name, queue, priority, retries, is_platform=True, cron=cron)


def init_jobs(
    app: Flask,
    *,
    tenant_in_force: Callable[[], int | None],
    enter: Callable[[int | None], AbstractContextManager[None]],
) -> None:
    """Tell the application's jobs how to know the tenant in force and how to enter one, or none."""
    app.extensions["jobs"] = Scope(tenant_in_force, enter)


def all_jobs() -> dict[str, Job]:
    """Return every declared job by its name."""
    return dict(_jobs)


def _declare(
    name: str, queue: str, priority: int, retries: int, *, is_platform: bool, cron: str | None = None
) -> Declared:
    def declare(function: Callable[..., None]) -> Job:
        if name in _jobs:
            raise ValueError(f"two jobs are called {name}")
        parameters = inspect.signature(function).parameters.values()
        if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters):
            raise TypeError(f"{name} must take its ids by keyword only: def {function.__name__}(*, …)")
        if cron and parameters:
            raise TypeError(f"{name} is started by the clock; nobody would give it arguments")
        _jobs[name] = Job(name, function, queue, priority, retries, is_platform, cron)
        return _jobs[name]

    return declare


def scope() -> Scope:
    """Return what `init_jobs` told this application."""
    told: Scope = current_app.extensions["jobs"]
    return told
