"""Jobs: enqueued with the change, run once, in their tenant."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text

from app.core import clock, jobs
from app.core.database import db
from app.core.errors import Conflict
from app.core.jobs import registry, running
from tenants.context import TenantInfo, member_or_none, tenant, tenant_context, tenant_id_or_none

ran: list[tuple[object, ...]] = []


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


@jobs.job("tests.note")
def note(*, what: str) -> None:
    ran.append((tenant.slug, what))


@jobs.platform_job("tests.platform")
def platform_note() -> None:
    ran.append((tenant_id_or_none(), member_or_none()))


@jobs.job("tests.refused")
def refused() -> None:
    db.session.execute(text("UPDATE tenants SET tagline = 'half done' WHERE id = :id"), {"id": tenant.id})
    raise Conflict("The gig has closed.")


@jobs.job("tests.broken")
def broken() -> None:
    db.session.execute(text("UPDATE tenants SET tagline = 'half done' WHERE id = :id"), {"id": tenant.id})
    raise ZeroDivisionError


@jobs.job("tests.chain")
def chain(*, left: int) -> None:
    ran.append((left,))
    if left:
        chain.enqueue(left=left - 1)


def waiting() -> list[str]:
    return list(db.session.execute(text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")).scalars())


def tagline() -> str:
    return str(db.session.execute(text("SELECT tagline FROM tenants WHERE id = :id"), {"id": tenant.id}).scalar_one())


def test_many_calls_are_one_statement(hall: TenantInfo, statements: list[str]) -> None:
    note.enqueue_each({"what": str(number)} for number in range(3))
    assert len(statements) == 1
    note.enqueue_each([])
    assert len(statements) == 1
    jobs.run_due()
    assert ran == [("designers", "0"), ("designers", "1"), ("designers", "2")]


def test_a_job_leaves_with_the_transaction_that_asked_for_it(hall: TenantInfo):
    note.enqueue(what="kept")
    db.session.commit()
    note.enqueue(what="lost")
    db.session.rollback()
    assert jobs.run_due() == 1
    assert ran == [("designers", "kept")]
    assert waiting() == []


def test_a_job_runs_in_the_tenant_that_enqueued_it(hall: TenantInfo, other_hall: TenantInfo):
    note.enqueue(what="here")
    db.session.commit()
    with tenant_context(other_hall):
        note.enqueue(what="there")
        db.session.commit()
    jobs.run_due()
    assert ran == [("designers", "here"), ("hillside", "there")]
    assert tenant.slug == "designers"


def test_a_job_without_a_tenant_is_refused_unless_it_is_the_platforms(app: Flask):
    with pytest.raises(jobs.NoTenantForJob):
        note.enqueue(what="nowhere")
    platform_note.enqueue()
    jobs.run_due()
    assert ran == [(None, None)]


def test_platform_work_sees_no_tenant_even_when_one_enqueued_it(hall: TenantInfo):
    platform_note.enqueue()
    jobs.run_due()
    assert ran == [(None, None)]


def test_the_platform_reaches_every_tenant_and_a_tenant_no_other(hall: TenantInfo, other_hall: TenantInfo):
    with pytest.raises(jobs.NoTenantForJob):
        note.enqueue_for(other_hall.id, what="over the wall")


def test_the_platforms_clockwork_fans_out(app: Flask, other_hall: TenantInfo):
    note.enqueue_for(other_hall.id, what="round")
    note.enqueue_for(what="nobody")
    jobs.run_due()
    assert ran == [("hillside", "round")]


def test_a_row_without_a_tenant_is_not_run_as_a_tenants_job(app: Flask):
    db.session.execute(
        registry._DEFER,
        {
            "queue": "default",
            "name": "tests.note",
            "priority": 0,
            "once": None,
            "due": None,
            "calls": '[{"what": "x"}]',
        },
    )
    with pytest.raises(jobs.NoTenantForJob):
        jobs.run_due()
    assert ran == []


def test_a_job_waits_for_its_time(hall: TenantInfo):
    note.enqueue_at(clock.now() + timedelta(hours=1), what="later")
    assert jobs.run_due() == 0
    with clock.travel(to=clock.now() + timedelta(hours=2)):
        assert jobs.run_due() == 1


def test_the_same_words_wait_once(hall: TenantInfo, other_hall: TenantInfo):
    assert note.enqueue(once="digest", what="first")
    assert note.enqueue(once="digest", what="second") is None
    assert note.enqueue(once="another", what="third")
    db.session.commit()
    with tenant_context(other_hall):
        assert note.enqueue(once="digest", what="elsewhere")
        db.session.commit()
    jobs.run_due()
    assert sorted(what for _, what in ran) == ["elsewhere", "first", "third"]
    assert note.enqueue(once="digest", what="again")


def test_jobs_that_enqueue_jobs_are_run_to_the_end(hall: TenantInfo):
    chain.enqueue(left=3)
    assert jobs.run_due() == 4


def test_a_refusal_in_words_ends_the_job_and_undoes_it(hall: TenantInfo):
    before = tagline()
    refused.enqueue()
    assert jobs.run_due() == 1
    assert tagline() == before


def test_a_failure_is_undone_and_raised(hall: TenantInfo):
    before = tagline()
    broken.enqueue()
    with pytest.raises(ZeroDivisionError):
        jobs.run_due()
    assert tagline() == before


def test_a_job_that_committed_is_not_done_again(hall: TenantInfo):
    number = note.enqueue(what="once")
    db.session.execute(
        text("UPDATE procrastinate_jobs SET args = args || '{\"committed\": true}' WHERE id = :id"), {"id": number}
    )
    assert jobs.run_due() == 1
    assert ran == []


def test_a_job_that_went_to_another_worker_commits_nothing(hall: TenantInfo):
    number = note.enqueue(what="mine")
    db.session.commit()
    args = {"tenant_id": hall.id, "what": "mine"}
    with pytest.raises(running.TakenOver):
        running.run(running.Call(number or 0, "tests.note", args, attempts=0, worker_id=7))


def test_a_wrong_call_is_refused_where_it_is_made(hall: TenantInfo):
    with pytest.raises(TypeError):
        note.enqueue(when="now")
    with pytest.raises(TypeError, match="ids only"):
        note.enqueue(what={"a": "mapping"})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="ids only"):
        note.enqueue(what="x" * 1000)
    note.enqueue(what=uuid4())


def test_a_wrong_declaration_is_refused():
    with pytest.raises(ValueError, match="two jobs"):
        jobs.job("tests.note")(lambda: None)
    with pytest.raises(TypeError, match="keyword only"):
        jobs.job("tests.positional")(lambda gig_id: None)
    with pytest.raises(TypeError, match="clock"):
        jobs.periodic("* * * * *", "tests.clock")(lambda *, gig_id: None)


def test_a_job_that_failed_is_kept_for_a_month(hall: TenantInfo):
    number = note.enqueue(what="failed")
    waits = note.enqueue(what="waits")
    db.session.execute(text("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = :id"), {"id": number})
    jobs.sweep()
    assert kept() == [number, waits]
    with clock.travel(to=clock.now() + timedelta(days=31)):
        jobs.sweep()
    assert kept() == [waits]


def kept() -> list[int]:
    return list(db.session.execute(text("SELECT id FROM procrastinate_jobs ORDER BY id")).scalars())


def test_further_tries_wait_longer():
    waits = [running.backoff(attempts) for attempts in range(12)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=10)
    assert waits[-1] == timedelta(hours=12)
