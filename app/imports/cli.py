"""`guildhall import gigs|members --tenant SLUG FILE.csv`."""

import time
from pathlib import Path

import click
from sqlalchemy import select

from app.core import clock
from app.core.console import in_app
from app.core.database import db
from app.imports.fields import TARGETS
from app.imports.jobs import next_batch, start
from app.imports.models import Import, import_with, locked
from app.imports.sheets import read_sheet
from app.imports.skills import bring_in_skills
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.resolution import tenant_by_slug

_SHOWN_REFUSALS = 20

file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
tenant_option = click.option(
    "--tenant", "slug", required=True, metavar="SLUG", help="The marketplace's address: designers."
)


@click.group("import")
def commands() -> None:
    """Bring gigs or members in from a CSV file. The same file again adds nothing twice."""


@commands.command()
@tenant_option
@click.option(
    "--currency", metavar="CODE", help="What amounts without a sign are in; the marketplace's own if left out."
)
@click.option("--drafts", is_flag=True, help="Bring them in as drafts instead of publishing them.")
@file_argument
@in_app
def gigs(slug: str, currency: str | None, drafts: bool, file: Path) -> None:
    """Bring gigs in and publish them. Their author is the marketplace's first leader."""
    _bring_in(slug, "gigs", file, {"currency": (currency or "").upper(), "as_drafts": drafts})


@commands.command()
@tenant_option
@click.option("--at-once", is_flag=True, help="Make them members at once, instead of inviting them.")
@file_argument
@in_app
def members(slug: str, at_once: bool, file: Path) -> None:
    """Invite the people of a list, or make them members at once."""
    _bring_in(slug, "members", file, {"at_once": at_once})


@commands.command()
@tenant_option
@file_argument
@in_app
def skills(slug: str, file: Path) -> None:
    """Bring skills with their other names into the vocabulary."""
    tenant = tenant_by_slug(slug)
    if tenant is None:
        raise click.ClickException(f"There is no marketplace called {slug}.")
    sheet = read_sheet(file.read_bytes())
    db.session.rollback()
    with tenant_context(tenant):
        brought = bring_in_skills(sheet, by=None)
        db.session.commit()
    click.echo(f"  {brought.new:>7,} brought in")
    click.echo(f"  {brought.known:>7,} known before")
    click.echo(f"  {len(brought.refused):>7,} names left out")
    for number, why in brought.refused[:_SHOWN_REFUSALS]:
        click.echo(f"  row {number}: {why}")


def _bring_in(slug: str, kind: str, file: Path, options: dict[str, object]) -> None:
    tenant = tenant_by_slug(slug)
    if tenant is None:
        raise click.ClickException(f"There is no marketplace called {slug}.")
    sheet = read_sheet(file.read_bytes())
    db.session.rollback()
    with tenant_context(tenant):
        leader = _first_leader()
        one = Import.of_sheet(sheet, kind=kind, file_name=file.name, by=leader.id, now=clock.now())
        one.agree_columns(one.mapping, options)
        _say_columns(one)
        start(one, by=leader.id)
        # What is committed goes on in the worker, should this command be stopped.
        db.session.commit()
        _go_on(one)
        _report(one)
        db.session.commit()


def _first_leader() -> Member:
    leader = db.session.scalars(
        select(Member)
        .join(Role, (Role.tenant_id == Member.tenant_id) & (Role.member_id == Member.id))
        .where(scoped(Member), Role.role == "leader", Member.standing == "active")
        .order_by(Role.id)
        .limit(1)
    ).one_or_none()
    if leader is None:
        raise click.ClickException("This marketplace has no leader.")
    return leader


def _say_columns(one: Import) -> None:
    for target in TARGETS[one.kind]:
        if target.key in one.mapping:
            click.echo(f"  {target.label:<26} from “{one.columns[one.mapping[target.key]]}”")
        elif target.is_required:
            raise click.ClickException(f"No column of this file looks like “{target.label}”.")


def _go_on(one: Import) -> None:
    import_id, done = one.id, 0
    with click.progressbar(length=one.total, label="Bringing in") as bar:
        while True:
            mine = locked(import_id)
            if mine is not None:
                next_batch(mine)
            db.session.commit()
            now_done = one.total - one.counts().get("waiting", 0)
            bar.update(now_done - done)
            done = now_done
            known = import_with(import_id)
            if known is None or known.is_finished:
                return
            if mine is None:
                # The worker has it.
                time.sleep(0.3)
                db.session.rollback()


def _report(one: Import) -> None:
    counts = one.counts()
    for state, words in (("created", "brought in"), ("unchanged", "known before"), ("refused", "refused")):
        click.echo(f"  {counts.get(state, 0):>7,} {words}")
    refused = one.rows("refused", limit=_SHOWN_REFUSALS)
    for row in refused:
        click.echo(f"  row {row.number}: {row.reason}")
    if counts.get("refused", 0) > len(refused):
        click.echo(f"  … and {counts['refused'] - len(refused):,} more; the leader's desk has all of them.")
