"""Running one job: its tenant, its transaction, its line in the log; and what happens after a failure."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import text

from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.core.jobs.registry import TENANT, NoTenantForJob, all_jobs, scope

log = structlog.get_logger("jobs")

COMMITTED = "committed"

# The mark commits with the work: when a worker dies before it could acknowledge, the next one sees that all is done.
# It is also the fence: a worker that was given up for dead and comes back no longer holds the job, and commits nothing.
_MARK = text(
    f"""
    UPDATE procrastinate_jobs SET args = args || '{{"{COMMITTED}": true}}'
     WHERE id = :id AND status = 'doing' AND worker_id IS NOT DISTINCT FROM :worker_id
       AND NOT jsonb_exists(args, '{COMMITTED}')
    """
)

_TAKE = text(
    """
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL
     WHERE id = (SELECT id FROM procrastinate_jobs
                  WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= :now)
                  ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, task_name, args, attempts
    """
)
_FINISH = text("SELECT procrastinate_finish_job_v1(:id, 'succeeded', true)")

# Seconds before each further try; the last one counts for all after it. Half an hour of a mail server's trouble costs
# nobody a message, and a day of it is tried to the end.
_BACKOFF = (10, 30, 120, 600, 1800, 7200, 21600, 43200)


class TakenOver(RuntimeError):
    """Another worker holds this job now."""


@dataclass(frozen=True, slots=True)
class Call:
    """One run of a job: what procrastinate keeps about it."""

    id: int
    name: str
    args: dict[str, Any]
    attempts: int
    worker_id: int | None = None

    @property
    def tenant_id(self) -> int | None:
        return self.args.get(TENANT)

    @property
    def ids(self) -> dict[str, Any]:
        return {name: value for name, value in self.args.items() if name not in (TENANT, COMMITTED, "timestamp")}


def backoff(attempts: int) -> timedelta:
    """Return how long to wait after `attempts` tries have failed before this one."""
    return timedelta(seconds=_BACKOFF[min(attempts, len(_BACKOFF) - 1)])


def run(call: Call) -> None:
    """Run a job in its tenant and commit once, in the current application's session.

    A refusal in words (`ProductError`) ends the job: what it was for is no longer so, and trying again changes nothing.
    Any other failure is raised after a rollback.
    """
    began = time.monotonic()
    outcome = "failed"
    try:
        outcome = _run_in_its_tenant(call)
    except ProductError as refusal:
        outcome = f"refused: {refusal.message}"
    finally:
        db.session.rollback()
        log.info(
            "job",
            job=call.name,
            id=call.id,
            tenant=call.tenant_id,
            attempt=call.attempts + 1,
            outcome=outcome,
            ms=round((time.monotonic() - began) * 1000),
            ids=call.ids,
        )


def run_due() -> int:
    """Run every job that is due by our clock, one after another, also those they enqueue; return how many ran.

    For tests and for seeding, in the current application's session, which is committed. A failure is raised.
    """
    db.session.commit()
    ran, call = 0, _take()
    while call is not None:
        run(call)
        # On the transaction that takes the next one: a way to the database less for each.
        db.session.execute(_FINISH, {"id": call.id})
        ran, call = ran + 1, _take()
    return ran


def _run_in_its_tenant(call: Call) -> str:
    job = all_jobs().get(call.name)
    if job is None:
        raise LookupError(f"no job is called {call.name}")
    if call.args.get(COMMITTED):
        return "done before"
    if (call.tenant_id is None) is not job.is_platform:
        raise NoTenantForJob(f"{call.name} [{call.id}] was enqueued with tenant {call.tenant_id}")
    with scope().enter(call.tenant_id):
        job.function(**call.ids)
        if not db.session.execute(_MARK, {"id": call.id, "worker_id": call.worker_id}).rowcount:  # type: ignore[attr-defined]
            raise TakenOver(f"{call.name} [{call.id}] went to another worker while it ran here")
        db.session.commit()
    return "done"


def _take() -> Call | None:
    row = db.session.execute(_TAKE, {"now": clock.now()}).one_or_none()
    db.session.commit()
    return Call(row.id, row.task_name, row.args, row.attempts) if row else None
