"""The worker: procrastinate's loop with our jobs in it, stopped gently, and relieved by another when it dies."""

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import procrastinate
import structlog
from flask import Flask
from procrastinate.exceptions import AppNotOpen, ConnectorException, UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job as Held
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from psycopg_pool import PoolTimeout

from app.core import clock
from app.core.database import db
from app.core.jobs.registry import all_jobs
from app.core.jobs.running import Call, backoff, run

log = structlog.get_logger("jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a worker keeps time, in seconds.

    It shows a sign of life every `heartbeat`. One that has shown none for `patience` is taken for dead and its jobs are
    tried again, by whichever worker looks next; each looks every `heartbeat`. At a stop a running job has `grace` to
    finish; after that it goes back to the queue and what it did is undone. Signing off from the database, which may be
    gone, takes `farewell` at most.
    """

    heartbeat: float = 5.0
    patience: float = 20.0
    grace: float = 25.0
    farewell: float = 3.0
    polling: float = 5.0
    reconnect: float = 2.0


def run_worker(app: Flask, *, concurrency: int = 2, pace: Pace | None = None) -> None:
    """Work until a SIGTERM or SIGINT; a database that goes away is waited for. All job modules must be imported."""
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    logging.getLogger("procrastinate.worker").addFilter(_is_not_about_a_failed_job)
    asyncio.run(_Worker(app, concurrency, pace or Pace()).work())


@dataclass
class _Worker:
    app: Flask
    concurrency: int
    pace: Pace
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    running: dict[int, Held] = field(default_factory=dict)
    queue: procrastinate.App | None = None

    async def work(self) -> None:
        for stop in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(stop, self.stopping.set)
        working = asyncio.create_task(self._work_on())
        await _first({working, asyncio.ensure_future(self.stopping.wait())})
        if self.stopping.is_set():
            # Whatever it waits for then, be it a job or a database, it does not wait longer than this.
            has_ended = await _first({working}, self.pace.grace if self.running else self.pace.farewell)
            log.info("worker", outcome="stopped", pid=os.getpid())
            if not has_ended or self.running:
                await self._let_go()
        await working

    async def _work_on(self) -> None:
        while not self.stopping.is_set():
            try:
                async with self._queue().open_async() as self.queue:
                    log.info("worker", outcome="started", pid=os.getpid(), jobs=len(all_jobs()))
                    await self._work_until_stopped(self.queue)
            except (ConnectorException, PoolTimeout) as failure:
                log.warning("worker", outcome="without a database", pid=os.getpid(), reason=str(failure))
            if not self.stopping.is_set():
                await _first({asyncio.ensure_future(self.stopping.wait())}, self.pace.reconnect)

    async def _work_until_stopped(self, queue: procrastinate.App) -> None:
        working = asyncio.create_task(
            queue.run_worker_async(
                concurrency=self.concurrency,
                delete_jobs="successful",
                install_signal_handlers=False,
                update_heartbeat_interval=self.pace.heartbeat,
                stalled_worker_timeout=self.pace.patience,
                fetch_job_polling_interval=self.pace.polling,
            )
        )
        relieving = asyncio.create_task(self._relieve_the_dead(queue))
        asked = asyncio.create_task(self.stopping.wait())
        await _first({working, relieving, asked})
        living = asyncio.create_task(self._show_life(queue))
        for task in (relieving, asked, working):
            task.cancel()
        await _first({working})
        living.cancel()
        await asyncio.wait({living, relieving})
        for task in (relieving, living, working):
            if not task.cancelled() and (failure := task.exception()):
                raise failure

    async def _show_life(self, queue: procrastinate.App) -> None:
        """Let nobody take the jobs that a stop waits for: procrastinate falls silent as soon as it is asked to end."""
        while True:
            for held in list(self.running.values())[:1]:
                if held.worker_id is not None:
                    await queue.job_manager.update_heartbeat(held.worker_id)
            await asyncio.sleep(self.pace.heartbeat)

    async def _relieve_the_dead(self, queue: procrastinate.App) -> None:
        """Put the jobs of workers without a sign of life back, or end those that were tried often enough."""
        while True:
            for held in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=self.pace.patience):
                if held.id in self.running:
                    continue
                job = all_jobs().get(held.task_name)
                # A job that brings its worker down is not tried for ever.
                gives_up = job is None or held.attempts >= max(job.retries, 1)
                log.warning(
                    "job",
                    job=held.task_name,
                    id=held.id,
                    attempt=held.attempts + 1,
                    outcome="its worker died" + (", given up" if gives_up else ", tried again"),
                )
                if gives_up:
                    await queue.job_manager.finish_job(held, Status.FAILED, delete_job=False)
                else:
                    await queue.job_manager.retry_job(held, retry_at=clock.now())
            await asyncio.sleep(self.pace.heartbeat)

    async def _let_go(self) -> None:
        """Give back what does not finish, and end at once: a thread cannot be stopped, its transaction can."""
        # Not cancelled when it takes too long: the driver would wait for the database again to tell it so.
        await _first({asyncio.create_task(self._give_back())}, self.pace.farewell)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    async def _give_back(self) -> None:
        with suppress(ConnectorException, PoolTimeout, AppNotOpen):
            for held in list(self.running.values()):
                if self.queue is not None:
                    await self.queue.job_manager.retry_job(held, retry_at=clock.now())
                    log.warning("job", job=held.task_name, id=held.id, outcome="released at the stop")

    def _queue(self) -> procrastinate.App:
        """Return procrastinate's application with every declared job in it."""
        with self.app.app_context():
            address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connector = procrastinate.PsycopgConnector(conninfo=address, min_size=1, max_size=4)
        queue = procrastinate.App(connector=connector)
        queue.job_manager = _Fenced(connector)
        for job in all_jobs().values():
            task: Any = queue.task(name=job.name, queue=job.queue, retry=_Backoff(job.retries), pass_context=True)(
                self._run
            )
            if job.cron:
                queue.periodic(cron=job.cron)(task)
        return queue

    def _run(self, context: JobContext, /, **_args: Any) -> None:
        held = context.job
        if held.id is None:
            raise LookupError("a job without a number cannot be run")
        self.running[held.id] = held
        try:
            with self.app.app_context():
                run(Call(held.id, held.task_name, dict(held.task_kwargs), held.attempts, held.worker_id))
        finally:
            del self.running[held.id]


class _Backoff(BaseRetryStrategy):
    """Try again later, each time after longer."""

    def __init__(self, retries: int) -> None:
        self.retries = retries

    def get_retry_decision(self, *, exception: BaseException, job: Held) -> RetryDecision | None:
        if job.attempts >= self.retries:
            return None
        return RetryDecision(retry_at=clock.now() + backoff(job.attempts))


_HELD = """
    (SELECT id FROM procrastinate_jobs
      WHERE id = %(job_id)s AND status = 'doing' AND worker_id IS NOT DISTINCT FROM %(worker_id)s FOR UPDATE) AS held
"""


class _Fenced(JobManager):
    """Ends a job only for the worker that holds it: one that was taken for dead and wakes up changes nothing."""

    async def finish_job(self, job: Held, status: Status, delete_job: bool) -> None:
        await self.connector.execute_query_async(
            "SELECT procrastinate_finish_job_v1(held.id, %(status)s, %(delete_job)s) FROM" + _HELD,
            job_id=job.id,
            worker_id=job.worker_id,
            status=status.value,
            delete_job=delete_job,
        )

    async def retry_job(
        self,
        job: Held,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        again = (
            "SELECT procrastinate_retry_job_v2(held.id, %(retry_at)s, %(priority)s, %(queue)s, %(lock)s) FROM" + _HELD
        )
        try:
            await self.connector.execute_query_async(
                again,
                job_id=job.id,
                worker_id=job.worker_id,
                retry_at=retry_at,
                priority=priority,
                queue=queue,
                lock=lock,
            )
        except UniqueViolation:
            # Meanwhile another like it was enqueued (`once`), and waits to do the same.
            await self.finish_job(job, Status.SUCCEEDED, delete_job=True)


def _is_not_about_a_failed_job(record: logging.LogRecord) -> bool:
    # Our own line and traceback say it already.
    return getattr(record, "action", "") != "job_error"


async def _first(tasks: set[asyncio.Task[Any]], timeout: float | None = None) -> bool:
    done, _ = await asyncio.wait(tasks, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    return bool(done)
