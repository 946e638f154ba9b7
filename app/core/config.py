"""What the environment decides, read once into a frozen object."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).parent.parent.parent


#: What a web process may remember: see `app.core.caching`.
CACHES = ("layouts", "cards", "lists", "pages")


#: What tells us of money: the plans of marketplaces, what leaders' own accounts take, payments for gigs.
WEBHOOKS = ("platform", "connect", "payments")


class Misconfigured(RuntimeError):
    """The environment asks for something that cannot work; the message says what to set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Guildhall's settings. `from_env()` reads them; tests and the console make variations with `dataclasses.replace`.

    The three database addresses are `postgresql://` URLs of three roles: what a request runs as, what owns the tables,
    and what crosses tenants. All three are empty when the embedded PostgreSQL is to be used.
    """

    database_url: str = field(default="", repr=False)
    database_owner_url: str = field(default="", repr=False)
    database_operator_url: str = field(default="", repr=False)

    secret_key: str = field(repr=False)
    development: bool = False

    #: The platform's own host, without a port; marketplaces are `<slug>.<platform_host>`.
    platform_host: str = "localhost"
    scheme: str = "http"
    #: Where gunicorn listens, and the port that stands in links (None when it is the scheme's own).
    port: int = 8000
    public_port: int | None = 8000
    bind: str = "127.0.0.1"
    web_workers: int = 2
    web_threads: int = 4
    #: How many proxies in front are trusted to say `X-Forwarded-For`, `-Proto` and `-Host`.
    trusted_proxies: int = 0

    #: `smtp://user:password@host:587` or `smtps://…`; empty: mail goes to the mailbox under `var_dir`.
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "Guildhall <hello@localhost>"

    #: Stripe's secret key, and the three secrets by which its webhooks are known (see `WEBHOOKS`).
    stripe_key: str = field(default="", repr=False)
    webhook_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Where a stand-in for Stripe answers; only where somebody develops. Empty: Stripe itself.
    stripe_url: str = ""
    #: What the platform keeps of what marketplaces sell, in hundredths of a per cent; None: as the plan of each has it.
    membership_fee: int | None = 0

    #: Whether `guildhall run` fills an empty database with the demo.
    seed_demo: bool = False

    var_dir: Path = ROOT / "var"

    #: Which memories of the pages it makes a web process has: benchmarks and tests compare with and without.
    caches: frozenset[str] = frozenset(CACHES)

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> "Config":
        """Return the settings that the environment names, development's defaults for the rest.

        :raises Misconfigured: when a value cannot be used, or production lacks its secret or its database's roles.
        """
        given = {name: value for name, value in (environment or os.environ).items() if value.strip()}
        database_url = _database_address(given, "DATABASE_URL")
        development = _switch(given, "DEVELOPMENT", default=not database_url)
        var_dir = Path(given.get("VAR_DIR", ROOT / "var")).absolute()
        scheme = _one_of(given, "SCHEME", ("http", "https"))
        port = _number(given, "PORT", 8000)
        public_port = _number(given, "PUBLIC_PORT", port if development else 0)
        platform_host = given.get("PLATFORM_HOST", "localhost").lower().rstrip(".")
        return cls(
            database_url=database_url,
            database_owner_url=_database_address(given, "DATABASE_OWNER_URL"),
            database_operator_url=_database_address(given, "DATABASE_OPERATOR_URL"),
            secret_key=given.get("SECRET_KEY") or _development_secret(var_dir, development),
            development=development,
            platform_host=platform_host,
            scheme=scheme,
            port=port,
            public_port=None if public_port in (0, _PORT_OF[scheme]) else public_port,
            bind=given.get("BIND", "127.0.0.1"),
            web_workers=_number(given, "WEB_WORKERS", 2),
            web_threads=_number(given, "WEB_THREADS", 4),
            trusted_proxies=_number(given, "TRUSTED_PROXIES", 0),
            smtp_url=given.get("SMTP_URL", ""),
            mail_from=given.get("MAIL_FROM", f"Guildhall <hello@{platform_host}>"),
            stripe_key=given.get("STRIPE_SECRET_KEY", ""),
            webhook_secrets={name: given.get(f"STRIPE_WEBHOOK_SECRET_{name.upper()}", "") for name in WEBHOOKS},
            stripe_url=_stand_in(given, development),
            membership_fee=_number(given, "MEMBERSHIP_FEE_BASIS_POINTS", 0)
            if "MEMBERSHIP_FEE_BASIS_POINTS" in given
            else None,
            seed_demo=_switch(given, "SEED_DEMO", default=development),
            var_dir=var_dir,
            caches=_some_of(given, "CACHES", CACHES),
        )

    @property
    def embeds_postgres(self) -> bool:
        """Whether we run the database ourselves."""
        return not self.database_url

    @property
    def authority(self) -> str:
        """Return the platform's host with the port that links carry: `localhost:8000`."""
        return f"{self.platform_host}:{self.public_port}" if self.public_port else self.platform_host

    @property
    def payment_pages(self) -> str:
        """Return where people are sent to pay or to set up an account; empty where nobody moves money."""
        return (self.stripe_url or _STRIPES_PAGES) if self.stripe_key else ""


_STRIPES_PAGES = "https://connect.stripe.com https://checkout.stripe.com https://billing.stripe.com"
_PORT_OF = {"http": 80, "https": 443}


def config() -> Config:
    """Return the settings of the current application."""
    # Only here: what starts the others reads the settings too, and has no other use for Flask.
    from flask import current_app

    extensions: dict[str, Any] = current_app.extensions
    return cast(Config, extensions["guildhall"].config)


def _database_address(given: Mapping[str, str], name: str) -> str:
    address = given.get(name, "")
    if address.startswith("postgres://"):
        address = address.replace("postgres://", "postgresql://", 1)
    if address and not address.startswith("postgresql://"):
        raise Misconfigured(f"{name} must begin with postgresql://; Guildhall runs on PostgreSQL only.")
    return address


def _stand_in(given: Mapping[str, str], development: bool) -> str:
    url = given.get("STRIPE_URL", "")
    # Whoever answers there would be believed about money.
    if url and not (development and url.startswith("http://127.0.0.1:")):
        raise Misconfigured("STRIPE_URL names a stand-in for Stripe on this machine; it is for development only.")
    return url


def _switch(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = given.get(name, "").lower()
    if not value:
        return default
    if value not in ("1", "0", "true", "false", "yes", "no", "on", "off"):
        raise Misconfigured(f"{name} is {value!r}; say 1 or 0.")
    return value in ("1", "true", "yes", "on")


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, str(default))
    if not value.isdecimal() or int(value) > 65535:
        raise Misconfigured(f"{name} is {value!r}; it must be a whole number.")
    return int(value)


def _one_of(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = given.get(name, choices[0]).lower()
    if value not in choices:
        raise Misconfigured(f"{name} is {value!r}; it must be {' or '.join(choices)}.")
    return value


def _some_of(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a list: all of them when nothing is said, nothing for `none`."""
    words = set(given[name].replace(",", " ").split()) if name in given else set(choices)
    if unknown := words - {*choices, "none"}:
        raise Misconfigured(f"{name} lists {', '.join(sorted(unknown))}; it knows {', '.join(choices)} and none.")
    return frozenset(words - {"none"})


def _development_secret(var_dir: Path, development: bool) -> str:
    """Return a secret of this folder's own, made at the first start, so that sign-ins outlive a restart."""
    if not development:
        raise Misconfigured(
            "SECRET_KEY is missing. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    path = var_dir / "secret-key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        draft = var_dir / f"secret-key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        # Of two processes that start at once, the first to link wins and both read the same whole secret.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
