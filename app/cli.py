"""The console command `guildhall`: running, migrating, and what features add for operators."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from app.core import bootstrap
from app.core.config import Config, Misconfigured
from app.core.console import Console
from app.core.migrations import migrate as bring_up_to_date
from app.core.postgres import PostgresFailed

if TYPE_CHECKING:
    from flask import Flask

# Loaded only when asked for: `guildhall run` stays small and quick.
FEATURES = {
    "import": "app.imports.cli:commands",
    "inbox": "billing.cli:inbox",
    "operator": "app.operating.cli:operator",
    "states": "app.styleguide.machines:write",
    "tenant": "app.openings.cli:tenant",
    "user": "app.departures.cli:user",
}


@contextmanager
def application() -> Iterator["Flask"]:
    """Give the application on the database that the environment names, or on the embedded one."""
    with bootstrap.database(Config.from_env()) as config:
        from app.core import logs
        from app.factory import create_app

        logs.install(development=config.development)
        yield create_app(config)


@click.group(cls=Console, features=FEATURES, context_settings={"obj": application, "max_content_width": 100})
def guildhall() -> None:
    """Guildhall: a community's own marketplace for work."""


@guildhall.command()
@click.option("--follow-parent", is_flag=True, hidden=True, help="End when the process that started this one is gone.")
def run(follow_parent: bool) -> None:
    """Start everything: database, migrations, demo, web and worker. Ctrl-C ends it all."""
    from app.running import run_everything

    run_everything(Config.from_env(), follow_parent=follow_parent)


@guildhall.command()
def work() -> None:
    """Run the job worker alone."""
    from app.core.jobs.worker import run_worker

    with application() as app:
        run_worker(app)


@guildhall.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    with bootstrap.database(Config.from_env()) as config:
        if not config.database_owner_url:
            raise Misconfigured("DATABASE_OWNER_URL is missing: migrations run as the owner of the tables.")
        changed = bring_up_to_date(config.database_owner_url)
    click.echo("The database is up to date now." if changed else "The database was up to date.")


@guildhall.command()
def seed() -> None:
    """Make those of the demo's marketplaces that are not there."""
    with application() as app, app.app_context():
        from app.seeds.demo import seed_demo

        made = seed_demo()
    click.echo(f"Made {', '.join(made)}." if made else "The demo was there.")


@guildhall.group()
def database() -> None:
    """What a DBA needs to know."""


@database.command()
def roles() -> None:
    """Print the SQL that makes the roles and the database on an external PostgreSQL."""
    click.echo(bootstrap.instructions())


def main() -> None:
    """Run the command line; what goes wrong as expected is one sentence and exit code 1."""
    try:
        guildhall.main(prog_name="guildhall")
    except (Misconfigured, PostgresFailed) as problem:
        click.echo(f"guildhall: {problem}", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
