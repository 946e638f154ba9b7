"""How a marketplace stands when its history begins: lived through once by the product's own verbs, then kept, and given to each
history as a marketplace of its own. Rows are copied under another tenant's id, Stripe's world with what names the tenant in it.
"""

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import select

from app.agreements.models import Agreement
from app.core.database import db
from app.memberships.models import Purchase
from app.memberships.references import reference
from billing.owners import Owner
from tenants.context import TenantInfo, tenant_context
from tenants.founding import next_tenant_id
from tenants.isolation import scoped
from tenants.resolution import tenant_by_id
from tests.billing.histories.life import Life
from tests.money_fixtures import Money
from tests.payments.arranging import Work
from tests.stripe.world import Thing, World

_TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
       AND c.relname <> ALL ('{stripe_owners, domains}')
     GROUP BY c.relname HAVING bool_or(a.attname = 'tenant_id') ORDER BY c.relname
"""
_OF_A_TENANT = """
    SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
     WHERE attrelid = 'tenants'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('id', 'slug')
"""


class Copies:
    """A superuser's connection, on which rows are copied as they are: what they were checked by when they were made, they pass
    again.
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        connection.execute("SET session_replication_role = replica")
        found = connection.execute(_OF_A_TENANT).fetchone()
        self.of_the_tenant = str(found[0]) if found else ""

    def tables_of(self, tenant_id: int) -> dict[str, list[str]]:
        """Return the tables in which a tenant has rows, with their columns."""
        found = {}
        for table, columns in self.connection.execute(_TABLES).fetchall():
            has_any = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} WHERE tenant_id = %s)").format(sql.Identifier(table))
            if self.connection.execute(has_any, (tenant_id,)).fetchone()[0]:
                found[table] = [name for name in columns if name != "tenant_id"]
        return found

    def clear(self) -> None:
        """Forget jobs that have been done and events that were told of: nobody vacuums here."""
        self.connection.execute("TRUNCATE procrastinate_jobs, procrastinate_events, inbox CASCADE")


@dataclass(frozen=True)
class Scene:
    """A marketplace as it stood once, and its people."""

    copies: Copies
    life: Life
    agreement_id: UUID
    tenant_id: int
    # Stripe's world as text; what in it names the tenant, with what gives the same for another.
    accounts: str
    named: list[tuple[str, Callable[[int], str]]]
    owned: list[str]
    tables: dict[str, list[str]]

    @classmethod
    def kept(cls, life: Life, copies: Copies) -> "Scene":
        """Keep a marketplace as it stands."""
        tenant_id = life.leader.tenant_id
        named = [(f'"tenant": "{tenant_id}"', lambda other: f'"tenant": "{other}"')]
        for session in (one for account in life.accounts() for one in _sessions(life.world, account["id"])):
            purchase = db.session.scalars(
                select(Purchase).where(scoped(Purchase), Purchase.session_id == session["id"])
            ).one_or_none()
            if purchase is not None:
                named.append((session["client_reference_id"], lambda _, its_id=purchase.id: reference(its_id)))
        owned = list(db.session.scalars(select(Owner.object_id).where(Owner.tenant_id == tenant_id)))
        accounts, agreement_id = json.dumps(life.world.accounts), life.job.agreement.id
        db.session.commit()
        return cls(copies, life, agreement_id, tenant_id, accounts, named, owned, copies.tables_of(tenant_id))

    def again(self, money: Callable[[ExitStack], Money], travels: ExitStack, *, seed: str) -> Life:
        """Return the same marketplace as another one; it is in force until `travels` ends."""
        hall = self._copied()
        travels.enter_context(tenant_context(hall))
        here = money(travels)
        here.fake.world = self._world(here.fake.world.base, hall.id, seed)
        before, job = self.life, Work(here, db.session.get_one(Agreement, (hall.id, self.agreement_id)))
        return Life(
            here,
            *(replace(actor, tenant_id=hall.id) for actor in (before.leader, before.category_leader)),
            members=[replace(actor, tenant_id=hall.id) for actor in before.members],
            job=job,
            hours_id=before.hours_id,
            gig_ids=list(before.gig_ids),
        )

    def _world(self, base: str, tenant_id: int, seed: str) -> World:
        written = self.accounts
        for name, other in self.named:
            written = written.replace(name, other(tenant_id))
        # Told again, the same history has other names of things: what was told of the first is nothing to it.
        world = World(seed=seed)
        world.accounts = json.loads(written)
        world.live_at(base)
        return world

    def _copied(self) -> TenantInfo:
        new = next_tenant_id()
        here, others = f"WHERE tenant_id = {self.tenant_id}", self.copies.of_the_tenant
        its_own = f"{new}, 'hall{new}', {others} FROM tenants WHERE id = {self.tenant_id}"
        statements = [
            f"INSERT INTO tenants (id, slug, {others}) OVERRIDING SYSTEM VALUE SELECT {its_own}",
            f"INSERT INTO domains (host, tenant_id, is_primary) VALUES ('hall{new}.localhost', {new}, true)",
        ]
        for table, names in self.tables.items():
            listed = ", ".join(f'"{name}"' for name in names)
            statements.append(f"INSERT INTO {table} (tenant_id, {listed}) SELECT {new}, {listed} FROM {table} {here}")
        # Whose histories those were, they are over.
        owned = ", ".join(f"'{name}'" for name in self.owned) or "NULL"
        statements.append(f"UPDATE stripe_owners SET tenant_id = {new} WHERE object_id IN ({owned})")
        self.copies.connection.execute("; ".join(statements))
        found = tenant_by_id(new)
        assert found is not None
        return found


def _sessions(world: World, account: str) -> list[Thing]:
    return world.all(account, "checkout.session")
