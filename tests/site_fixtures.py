"""A whole site for tests that need one: web processes and a worker on a database of their own, and Chromium."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from app.core.config import ROOT
from app.core.supervisor import our_python
from tests.database import TestDatabase
from tests.factories import PASSWORD

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


_MONEY = {
    "STRIPE_SECRET_KEY": "sk_test_site",
    "STRIPE_WEBHOOK_SECRET_PLATFORM": "whsec_platform",
    "STRIPE_WEBHOOK_SECRET_CONNECT": "whsec_connect",
    "STRIPE_WEBHOOK_SECRET_PAYMENTS": "whsec_payments",
}


@dataclass
class LiveSite:
    """A running installation at `http://localhost:<port>` and its subdomains."""

    database: TestDatabase
    var_dir: Path
    port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    #: Where a stand-in for Stripe answers; empty: this site takes no money.
    stripe_url: str = ""

    def url(self, host: str = "", path: str = "/") -> str:
        """Return an address: of the platform, or of `id` or a marketplace's slug."""
        return f"http://{host + '.' if host else ''}localhost:{self.port}{path}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.database.app_url,
            "DATABASE_OWNER_URL": self.database.owner_url,
            "DATABASE_OPERATOR_URL": self.database.operator_url,
            "SECRET_KEY": "a key for tests only",
            "DEVELOPMENT": "1",
            "PORT": str(self.port),
            "VAR_DIR": str(self.var_dir),
            **(_MONEY | {"STRIPE_URL": self.stripe_url} if self.stripe_url else {}),
        }

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a process of the site; its output goes to `<var>/<name>.log`."""
        log = (self.var_dir / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            our_python(*command), cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        return self.processes[name]

    def kill(self, name: str) -> None:
        """Kill a process and what it started, at once and without a chance to tidy up."""
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def stop(self) -> None:
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)

    def mail_to(self, address: str, *, subject: str = "", seconds: float = 20) -> Any:
        """Return the newest mail to an address whose subject holds `subject`, as soon as it is in the mailbox."""
        ends = time.monotonic() + seconds
        while True:
            for path in sorted(
                (self.var_dir / "mailbox").glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True
            ):
                mail = message_from_bytes(path.read_bytes(), policy=policy.default)
                if address in str(mail["To"]) and subject.lower() in str(mail["Subject"]).lower():
                    return mail
            assert time.monotonic() < ends, f"no mail to {address} about {subject!r} came"
            time.sleep(0.1)

    def sign_in(self, page: Any, hall: str, email: str, *, onward: str = "/") -> None:
        """Sign somebody whom the test made in a page's browser in, and stand before a page of a marketplace."""
        page.goto(self.url(hall, f"/enter?onward={onward}"))
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(self.url(hall, onward))

    def code_for(self, address: str) -> str:
        """Return the sign-in code in the newest mail to an address."""
        found = re.search(r"\b(\d{6})\b", str(self.mail_to(address).get_body(("plain",)).get_content()))
        assert found
        return found.group(1)


@pytest.fixture(scope="session")
def new_site(
    new_database: Callable[[], AbstractContextManager[TestDatabase]], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., AbstractContextManager[LiveSite]]:
    """Makes a site for the length of a `with` block; `worker=False` leaves the jobs waiting, `stripe=True` lets it take money
    from a stand-in of its own.
    """

    @contextmanager
    def new(*, worker: bool = True, stripe: bool = False) -> Iterator[LiveSite]:
        with new_database() as database:
            site = LiveSite(database, tmp_path_factory.mktemp("site"), _free_port())
            try:
                if stripe:
                    _stand_in_for_stripe(site)
                site.start("web", "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")
                if worker:
                    site.start("worker", "-m", "app.cli", "work")
                _await_answer(site)
                yield site
            finally:
                site.stop()

    return new


@pytest.fixture(scope="session")
def site(new_site: Callable[..., AbstractContextManager[LiveSite]]) -> Iterator[LiveSite]:
    """One site for all browser tests of this process; each opens marketplaces of its own."""
    with new_site() as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium itself, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("Chromium is missing: bin/chromium says how to bring it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Makes a browser of one person's own: `person()` is a fresh page; console errors fail the test at its end."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def new(*, script: bool = True, width: int = 1280, dark: bool = False, language: str = "en-GB") -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale=language,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if _is_fault(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda answer: complaints.append(answer.url) if _is_missing_part(answer) else None)
        return page

    yield new
    for context in contexts:
        context.close()
    assert complaints == []


def _is_fault(message: Any) -> bool:
    # A refused page is told there too; what a page is made of must be there, which `_is_missing_part` watches.
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def _is_missing_part(answer: Any) -> bool:
    return answer.status >= 400 and answer.request.resource_type != "document"


def _stand_in_for_stripe(site: LiveSite) -> None:
    port = str(_free_port())
    site.stripe_url = f"http://127.0.0.1:{port}"
    site.start("stripe", "-m", "tests.stripe", "--port", port, "--webhooks", site.url(path="/webhooks/stripe"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_answer(site: LiveSite, seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if any(process.poll() is not None for process in site.processes.values()):
            break
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=2)
        with suppress(OSError):
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{site.port}"})
            if connection.getresponse().status == 200:
                connection.close()
                return
        connection.close()
        time.sleep(0.1)
    logs = "\n".join(path.read_text() for path in site.var_dir.glob("*.log"))
    raise AssertionError(f"the site did not answer:\n{logs}")
