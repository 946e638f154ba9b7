"""A demo of its own: database, one web process, and its people signed in."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from app.core import bootstrap, migrations, postgres
from app.core.clock import today
from app.core.config import ROOT, Config
from app.core.supervisor import our_python
from app.seeds.sign_ins import PASSWORD

HOME = ROOT / "var" / "shots-postgres"
_PATIENCE = 30.0


class SiteFailed(RuntimeError):
    """The demo does not answer."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running demo. Marketplaces go by their slugs; the empty one is the platform."""

    port: int
    operator_url: str

    def url(self, hall: str, path: str = "/") -> str:
        return f"http://{hall + '.' if hall else ''}localhost:{self.port}{path}"

    def one(self, statement: str, **values: Any) -> Any:
        """Return the first column of the first row of a question to all tenants."""
        with psycopg.connect(self.operator_url, autocommit=True) as connection:
            row = connection.execute(statement, values).fetchone()  # type: ignore[call-overload]
        if row is None:
            raise SiteFailed(f"The demo has nothing for: {statement}")
        return row[0]

    def wear(self, hall: str, preset: str, colour: str) -> None:
        """Give a marketplace another look; every page shows it from now on."""
        with psycopg.connect(self.operator_url) as connection:
            connection.execute(
                "UPDATE tenants SET preset = %s, brand_colour = %s WHERE slug = %s", (preset, colour, hall)
            )
            connection.execute(
                "UPDATE tenant_versions SET hall = hall + 1, gigs = gigs + 1, people = people + 1 "
                "WHERE tenant_id = (SELECT id FROM tenants WHERE slug = %s)",
                (hall,),
            )

    def look_of(self, hall: str) -> tuple[str, str]:
        """Return a marketplace's preset and brand colour."""
        preset, _, colour = self.one(
            "SELECT preset || ' ' || brand_colour FROM tenants WHERE slug = %(hall)s", hall=hall
        ).partition(" ")
        return preset, colour


@contextmanager
def running() -> Iterator[Site]:
    """Give a demo for the length of the block, as in production: nothing on its pages is for developers only.

    The database is kept while the demo that it holds would be made the same again: its dates follow the day.
    """
    with postgres.running(HOME, postgres.DISPOSABLE) as server:
        name = f"demo_{_digest()}"
        settings = bootstrap.with_addresses(_settings(), server, name)
        if not server.has_database(name):
            _make(server, name)
        with _web(settings):
            yield Site(settings.port, settings.database_operator_url)


def sign_in(page: Any, site: Site, hall: str, email: str) -> None:
    """Sign a demo's person in to a marketplace, in the browser of a page."""
    page.goto(site.url(hall, "/enter?onward=/"))
    page.get_by_label("E-mail").first.fill(email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.wait_for_url(site.url(hall, "/**"))


def _settings() -> Config:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    return Config(
        secret_key="a key for pictures only",
        port=port,
        public_port=port,
        web_workers=1,
        var_dir=ROOT / "var" / "shots-site",
    )


def _environment(settings: Config) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": settings.database_url,
        "DATABASE_OWNER_URL": settings.database_owner_url,
        "DATABASE_OPERATOR_URL": settings.database_operator_url,
        "SECRET_KEY": settings.secret_key,
        "DEVELOPMENT": "0",
        "PORT": str(settings.port),
        "PUBLIC_PORT": str(settings.port),
        "WEB_WORKERS": "1",
        "VAR_DIR": str(settings.var_dir),
    }


def _make(server: postgres.Server, name: str) -> None:
    with server.connect() as connection:
        older = [row[0] for row in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'demo%'")]
    for one in older:
        server.drop_database(one)
    # Under another name until it is whole.
    draft = f"{name}_draft"
    bootstrap.prepare(server, draft)
    settings = bootstrap.with_addresses(_settings(), server, draft)
    print("Filling the demo …", flush=True)
    migrations.migrate(settings.database_owner_url)
    subprocess.run(our_python("-m", "app.cli", "seed"), cwd=ROOT, env=_environment(settings), check=True)
    with server.connect() as connection:
        connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")  # type: ignore[arg-type]


@contextmanager
def _web(settings: Config) -> Iterator[None]:
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    with (settings.var_dir / "web.log").open("wb") as log:
        process = subprocess.Popen(
            our_python("-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"),
            cwd=ROOT,
            env=_environment(settings),
            stdout=log,
            stderr=log,
        )
    try:
        _await_answer(settings, process)
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _await_answer(settings: Config, process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", settings.port, timeout=2)
        with suppress(OSError):
            connection.request("GET", "/healthz", headers={"Host": settings.authority})
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise SiteFailed(f"The demo's web process does not answer; see {settings.var_dir / 'web.log'}.")


def _digest() -> str:
    sources: list[Path] = [
        *sorted(migrations.VERSIONS.glob("*.py")),
        *sorted(path for path in (ROOT / "app" / "seeds").rglob("*") if path.suffix in (".py", ".toml")),
    ]
    content = b"\0".join(path.read_bytes() for path in sources)
    return sha256(content + str(today("UTC")).encode()).hexdigest()[:16]
