"""`make run`: the whole of Guildhall on this machine, from an empty folder to a page that answers."""

import fcntl
import http.client
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import click
import psycopg

from app.core import bootstrap
from app.core.config import ROOT, WEBHOOKS, Config
from app.core.migrations import applied, heads
from app.core.supervisor import EndedEarly, Process, Supervisor, our_python
from app.core.tether import ends_with_parent
from app.seeds.content_files import SLUGS
from app.seeds.sign_ins import EMAILS, PASSWORD

STAND_IN = ROOT / "tests" / "stripe"


def run_everything(config: Config, *, follow_parent: bool = False) -> None:
    """Run web and worker on a database that is migrated and holds the demo; return at the end of both.

    :raises click.ClickException: with what to do, when it cannot.
    """
    _refuse_taken_port(config)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Until the supervisor takes over: whatever asks for the end unwinds what was begun.
        signal.signal(number, signal.default_int_handler)
    try:
        with bootstrap.database(_with_stand_in(config)) as settings:
            environment = _environment(settings)
            _prepare(settings, environment)
            _run_until_the_end(settings, environment, follow_parent)
    except KeyboardInterrupt:
        pass
    except EndedEarly as end:
        raise click.ClickException(str(end)) from None
    click.echo("\nGuildhall has stopped.")


def _run_until_the_end(config: Config, environment: Mapping[str, str], follow_parent: bool) -> None:
    web = Process("web server", our_python("-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"))
    worker = Process("worker", our_python("-m", "app.cli", "work"))
    told = f"http://{config.platform_host}:{config.port}/webhooks/stripe"
    stand_in = [_stand_in_for_stripe(config, "--webhooks", told)] if config.stripe_url else []
    supervisor = Supervisor([*stand_in, web, worker], follow_parent=follow_parent)
    supervisor.run(environment, is_ready=lambda: _answers(config), when_ready=lambda: _announce(config))


def _with_stand_in(config: Config) -> Config:
    """Return the settings with a stand-in for Stripe where somebody develops without keys."""
    if config.stripe_key or not config.development or not STAND_IN.is_dir():
        return config
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return replace(
        config,
        stripe_key="sk_test_stand_in",
        stripe_url=f"http://127.0.0.1:{port}",
        # Of this start alone: nobody else can tell us that something was paid.
        webhook_secrets={name: f"whsec_{secrets.token_urlsafe(24)}" for name in WEBHOOKS},
    )


def _stand_in_for_stripe(config: Config, *more: str) -> Process:
    port = config.stripe_url.rpartition(":")[2]
    kept = str(config.var_dir / "stripe.json")
    return Process("stand-in for Stripe", our_python("-m", "tests.stripe", "--port", port, "--keep", kept, *more))


@contextmanager
def _stand_in_alone(config: Config, environment: Mapping[str, str]) -> Iterator[None]:
    """Let the stand-in answer while the demo is made, some of which is paid there. It tells nobody: nobody listens yet."""
    if not config.stripe_url:
        yield
        return
    stand_in = _stand_in_for_stripe(config)
    stand_in.start(environment)
    try:
        _wait_for(stand_in, int(config.stripe_url.rpartition(":")[2]))
        yield
    finally:
        stand_in.send(signal.SIGTERM)
        if stand_in.handle is not None:
            stand_in.handle.wait()


def _wait_for(process: Process, port: int) -> None:
    """Return once somebody answers at a port, or its process is gone: whoever asks it then says so."""
    while process.is_running:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


def _refuse_taken_port(config: Config) -> None:
    with socket.socket() as probe:
        # As gunicorn does: a port that only lingers from a former run is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.bind, config.port))
        except OSError as problem:
            raise click.ClickException(
                f"Port {config.port} is not free ({problem.strerror}). "
                f"Stop what listens there, or choose another: make run PORT={config.port + 1}"
            ) from None


def _environment(config: Config) -> dict[str, str]:
    """Return what web and worker read; they find the embedded database by its address, as any other."""
    return os.environ | {
        "DATABASE_URL": config.database_url,
        "DATABASE_OWNER_URL": config.database_owner_url,
        "DATABASE_OPERATOR_URL": config.database_operator_url,
        "DEVELOPMENT": "1" if config.development else "0",
        "VAR_DIR": str(config.var_dir),
        "PYTHONUNBUFFERED": "1",
        "STRIPE_SECRET_KEY": config.stripe_key,
        "STRIPE_URL": config.stripe_url,
        **{f"STRIPE_WEBHOOK_SECRET_{name.upper()}": secret for name, secret in config.webhook_secrets.items()},
    }


def _prepare(config: Config, environment: Mapping[str, str]) -> None:
    """Migrate and seed, one start at a time, in processes of their own: what they load is not kept while the site runs."""
    config.var_dir.mkdir(parents=True, exist_ok=True)
    with (config.var_dir / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if config.database_owner_url and applied(config.database_owner_url) != heads():
            click.echo("Migrating the database …")
            _call("migrate", environment)
        if config.seed_demo and _lacks_the_demo(config):
            click.echo("Filling the demo marketplaces …")
            with _stand_in_alone(config, environment):
                _call("seed", environment)


def _call(command: str, environment: Mapping[str, str]) -> None:
    called = subprocess.run(
        our_python("-m", "app.cli", command),
        cwd=ROOT,
        env=dict(environment),
        preexec_fn=ends_with_parent(signal.SIGKILL),
        check=False,
    )
    if called.returncode != 0:
        raise click.ClickException(f"'guildhall {command}' failed; see above.")


def _lacks_the_demo(config: Config) -> bool:
    """Whether nothing is there yet, or a former start was stopped before it had made all of the demo."""
    with psycopg.connect(config.database_url) as connection:
        slugs = {row[0] for row in connection.execute("SELECT slug FROM tenants")}
    return not slugs or 0 < len(slugs & set(SLUGS)) < len(SLUGS)


def _answers(config: Config) -> bool:
    connection = http.client.HTTPConnection(config.bind, config.port, timeout=2)
    try:
        connection.request("GET", "/readyz", headers={"Host": config.authority})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _announce(config: Config) -> None:
    click.echo("\nGuildhall is ready. Ctrl-C stops everything.\n")
    at = f"{config.scheme}://{{}}:{config.public_port}" if config.public_port else f"{config.scheme}://{{}}"
    places = [("The platform", config.platform_host), ("Signing in", f"id.{config.platform_host}")]
    with psycopg.connect(config.database_url) as connection:
        places += connection.execute(_MARKETPLACES).fetchall()
        emails = [row[0] for row in connection.execute(_DEMO_PEOPLE, [list(EMAILS)] * 2)]
    for name, host in places:
        click.echo(f"  {name:<24}{at.format(host)}")
    if config.stripe_url:
        click.echo(f"  {'In place of Stripe':<24}{config.stripe_url}")
    if not config.smtp_url and config.development:
        click.echo(f"  {'Mail it would send':<24}{at.format(config.platform_host)}/mailbox")
    if emails:
        click.echo(f"\n  Sign in as {', '.join(emails)}\n  with the password {PASSWORD}")
    click.echo()


_MARKETPLACES = """
    SELECT tenants.name, domains.host FROM tenants JOIN domains ON domains.tenant_id = tenants.id
     WHERE domains.is_primary AND domains.removed_at IS NULL AND tenants.status = 'active' ORDER BY tenants.id LIMIT 5
"""
_DEMO_PEOPLE = "SELECT email FROM users WHERE email = ANY(%s) ORDER BY array_position(%s, email)"
