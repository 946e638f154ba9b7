"""Webhooks: a hundred a second for a minute, whatever the answers take, with web, worker and database on the same machine."""

import asyncio
import hmac
import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

import psycopg

from app.core.config import ROOT
from app.core.supervisor import our_python
from bench.data import database
from bench.load import LoadFailed
from bench.results import Result
from bench.servers import Web, guildhall

RATE = 100
SECONDS = int(os.environ.get("BENCH_WEBHOOKS_SECONDS", "60"))
TENANTS = 10
_SECRET = "whsec_a_secret_of_the_benchmark"
_PATIENCE = 30
_TAIL = 600
# One in twenty comes a second time, as Stripe's do now and then.
_DOUBLED = 20


@dataclass
class Answers:
    """What came back: how long each took since it was due, in seconds, and those that were no 200."""

    took: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    # How far behind its own plan the load was: a slow load measures itself.
    behind: float = 0.0

    def percentile(self, share: int) -> float:
        return quantiles(self.took, n=100, method="inclusive")[share - 1]


def run() -> Iterator[Result]:
    """Yield how webhooks were answered at a constant rate, and when all they told of had been followed."""
    with database("bench_webhooks", tenants=TENANTS, gigs=1) as filled, _stand_in() as stripe:
        accounts = [_account(stripe) for _ in range(TENANTS)]
        settings = filled.environment | {
            "DEVELOPMENT": "1",
            "STRIPE_SECRET_KEY": "sk_test_of_the_benchmark",
            "STRIPE_URL": stripe,
            "STRIPE_WEBHOOK_SECRET_CONNECT": _SECRET,
        }
        with guildhall("webhooks", settings, "") as web, filled.operator() as operator, _worker(settings):
            _begin(operator, accounts)
            asyncio.run(_load(web, _bodies(accounts, RATE * 3, "warm"), RATE))
            _await_the_end(operator)
            _begin(operator, accounts)
            cpu = web.cpu_seconds()
            bodies = _bodies(accounts, RATE * SECONDS, "evt")
            answers = asyncio.run(_load(web, bodies, RATE))
            cpu, waiting = web.cpu_seconds() - cpu, _waiting(operator)
            tail = _await_the_end(operator)
            yield from _figures(answers, bodies, operator, waiting=waiting, tail=tail, cpu=cpu)


def _figures(
    answers: Answers, bodies: list[bytes], operator: psycopg.Connection, *, waiting: int, tail: float, cpu: float
) -> Iterator[Result]:
    told = len({json.loads(body)["id"] for body in bodies})
    states = dict(operator.execute("SELECT state, count(*) FROM inbox GROUP BY state").fetchall())
    yield Result("webhooks: sent, a second", len(bodies) / SECONDS, "", RATE)
    yield Result("webhooks: the load behind its plan, at most", answers.behind * 1000, "ms", better="lower")
    yield Result("webhooks: not answered with 200", len(answers.refused), "", 0, "lower")
    yield Result("webhooks: p50", answers.percentile(50) * 1000, "ms", better="lower")
    yield Result("webhooks: p99", answers.percentile(99) * 1000, "ms", 250, "lower")
    yield Result("webhooks: slowest", max(answers.took) * 1000, "ms", better="lower")
    yield Result("webhooks: CPU, web", cpu * 1000 / len(bodies), "ms/event", better="lower")
    yield Result("webhooks: waiting when the last was sent", waiting, "events", better="lower")
    yield Result("webhooks: until all were followed", tail, "s", better="lower")
    yield Result("webhooks: lost, or kept twice", abs(told - sum(states.values())), "events", 0, "lower")
    yield Result("webhooks: followed", states.get("done", 0), "events", told)
    yield Result("webhooks: jobs left or failed", _jobs(operator, ""), "", 0, "lower")
    if answers.refused:
        print(f"  refused: {sorted(set(answers.refused))[:5]}")


@contextmanager
def _stand_in() -> Iterator[str]:
    """Give the address of a stand-in for Stripe in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with _process("-m", "tests.stripe", "--port", str(port)):
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                yield f"http://127.0.0.1:{port}"
                return
            time.sleep(0.1)
        raise LoadFailed("the stand-in for Stripe did not answer")


@contextmanager
def _worker(environment: dict[str, str]) -> Iterator[None]:
    with _process("-m", "app.cli", "work", environment=environment):
        yield


@contextmanager
def _process(*command: str, environment: dict[str, str] | None = None) -> Iterator[None]:
    log = (ROOT / "var" / "bench-webhooks.log").open("ab")
    process = subprocess.Popen(
        our_python(*command), cwd=ROOT, env=os.environ | (environment or {}), stdout=log, stderr=log
    )
    log.close()
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def _account(stripe: str) -> str:
    """Return an account that the stand-in opened."""
    wanted = urlencode({"type": "standard", "country": "FR"}).encode()
    asked = urllib.request.Request(
        f"{stripe}/v1/accounts", wanted, {"Authorization": "Bearer sk_test_of_the_benchmark"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return str(json.load(answer)["id"])


def _begin(operator: psycopg.Connection, accounts: list[str]) -> None:
    """Let each marketplace sell through one of these accounts, and nothing have been told of."""
    operator.execute("DELETE FROM inbox")
    operator.execute("DELETE FROM connections")
    operator.execute("DELETE FROM stripe_owners")
    for tenant_id, account in enumerate(accounts, start=1):
        operator.execute("INSERT INTO stripe_owners VALUES (%s, %s)", (account, tenant_id))
        operator.execute(
            "INSERT INTO connections (tenant_id, id, account_id, country, begun_by, begun_at)"
            " SELECT %s, gen_random_uuid(), %s, 'FR', id, now() FROM members WHERE tenant_id = %s ORDER BY id LIMIT 1",
            (tenant_id, account, tenant_id),
        )


def _bodies(accounts: list[str], count: int, name: str) -> list[bytes]:
    """Return so many events, each account in its turn; one in `_DOUBLED` is the one before it once more."""
    bodies: list[bytes] = []
    for number in range(count):
        if number % _DOUBLED == _DOUBLED - 1:
            bodies.append(bodies[-1])
        else:
            bodies.append(_event(accounts[number % len(accounts)], f"{name}_{number}"))
    return bodies


def _event(account: str, event_id: str) -> bytes:
    # Some two kilobytes, as Stripe's are.
    about = {"object": "account", "id": account, "requirements": {"currently_due": ["external_account"] * 80}}
    told = {
        "id": event_id,
        "object": "event",
        "type": "account.updated",
        "account": account,
        "created": int(time.time()),
    }
    return json.dumps(told | {"data": {"object": about}}).encode()


async def _load(web: Web, bodies: list[bytes], rate: int) -> Answers:
    """Send the bodies at a constant rate, each when it is due, however many still wait for their answers."""
    answers, began = Answers(), time.perf_counter()
    sent = []
    for number, body in enumerate(bodies):
        due = began + number / rate
        if (ahead := due - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        answers.behind = max(answers.behind, time.perf_counter() - due)
        sent.append(asyncio.create_task(_send(web.port, body, due, answers)))
    await asyncio.gather(*sent)
    return answers


async def _send(port: int, body: bytes, due: float, answers: Answers) -> None:
    moment = int(time.time())
    proof = hmac.new(_SECRET.encode(), f"{moment}.".encode() + body, "sha256").hexdigest()
    head = (
        "POST /webhooks/stripe/connect HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nStripe-Signature: t={moment},v1={proof}\r\nConnection: close\r\n\r\n"
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head.encode() + body)
            status = (await reader.read()).split(b" ", 2)[1].decode()
            writer.close()
    except (OSError, IndexError, TimeoutError) as problem:
        status = type(problem).__name__
    answers.took.append(time.perf_counter() - due)
    if status != "200":
        answers.refused.append(status)


def _waiting(operator: psycopg.Connection) -> int:
    row = operator.execute("SELECT count(*) FROM inbox WHERE state = 'waiting'").fetchone()
    return int(row[0]) if row else 0


def _jobs(operator: psycopg.Connection, which: str = "AND status IN ('todo', 'doing')") -> int:
    row = operator.execute(f"SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'money' {which}").fetchone()
    return int(row[0]) if row else 0


def _await_the_end(operator: psycopg.Connection) -> float:
    """Return after how many seconds nothing waited any more.

    :raises LoadFailed: when that takes too long.
    """
    began = time.monotonic()
    while _waiting(operator) or _jobs(operator):
        if time.monotonic() - began > _TAIL:
            raise LoadFailed(f"after {_TAIL} seconds {_waiting(operator)} events still waited")
        time.sleep(0.2)
    return time.monotonic() - began
