"""A category's desk: a queue of five thousand things against one of fifty, in marketplaces that are alike otherwise."""

from collections.abc import Iterator
from contextlib import ExitStack

from bench import people
from bench.data import Database, database
from bench.load import Scenario, interleaved
from bench.results import Result
from bench.servers import guildhall

#: By marketplace: how many things wait at its first desk, a sixth of them of each kind.
_WAITING = {1: 50, 2: 5_000}
_KINDS, _GIGS = 6, 5_000
_RATIO = 1.3
_CATEGORY = "lpad(to_hex(%(tenant)s::int), 8, '0') || '-0002-7000-8000-000000000001'"
_NUMBERED = "(SELECT *, row_number() OVER (ORDER BY id) AS n FROM gigs WHERE tenant_id = %(tenant)s) AS numbered"
_CLEAR = (
    "DELETE FROM vettings WHERE tenant_id = %(tenant)s",
    "DELETE FROM reports WHERE tenant_id = %(tenant)s",
    "DELETE FROM projects WHERE tenant_id = %(tenant)s",
    "DELETE FROM gig_edits WHERE tenant_id = %(tenant)s",
    "UPDATE gigs SET climbed_at = NULL, state = 'open' WHERE tenant_id = %(tenant)s",
    "DELETE FROM roles WHERE tenant_id = %(tenant)s AND role = 'category_leader'",
)
# All gigs belong to the one desk: as many are there and wait for nobody in the short queue.
_ARRANGE = (
    f"UPDATE gigs SET category_id = ({_CATEGORY})::uuid WHERE tenant_id = %(tenant)s",
    f"""
    INSERT INTO roles (tenant_id, member_id, role, category_id, granted_at)
    SELECT %(tenant)s, (lpad(to_hex(%(tenant)s::int), 8, '0') || '-0001-7000-8000-000000000001')::uuid, 'category_leader',
           ({_CATEGORY})::uuid, now()
    """,
    f"""
    UPDATE gigs SET state = 'in_review' FROM {_NUMBERED}
     WHERE gigs.tenant_id = %(tenant)s AND gigs.id = numbered.id AND n <= %(each)s
    """,
    f"""
    UPDATE gigs SET climbed_at = now() - n * interval '1 minute' FROM {_NUMBERED}
     WHERE gigs.tenant_id = %(tenant)s AND gigs.id = numbered.id AND n > %(each)s AND n <= 2 * %(each)s
    """,
    f"""
    INSERT INTO gig_edits (tenant_id, id, gig_id, proposed_by, changes, created_at)
    SELECT tenant_id, gen_random_uuid(), id, author_id, '{{"seats": 3}}', now() - n * interval '2 minutes' FROM {_NUMBERED}
     WHERE n > 2 * %(each)s AND n <= 3 * %(each)s
    """,
    f"""
    INSERT INTO reports (tenant_id, id, reporter_id, subject_kind, subject_id, words, created_at)
    SELECT tenant_id, gen_random_uuid(), author_id, 'gig', id, 'The same as last week.', now() - n * interval '3 minutes'
      FROM {_NUMBERED} WHERE n > 3 * %(each)s AND n <= 4 * %(each)s
    """,
    f"""
    INSERT INTO projects (tenant_id, id, gig_id, category_id, client_id, coordinator_id, title, settlement, state, created_at,
                          state_changed_at)
    SELECT tenant_id, gen_random_uuid(), id, category_id,
           (lpad(to_hex(tenant_id), 8, '0') || '-0001-7000-8000-000000000002')::uuid,
           (lpad(to_hex(tenant_id), 8, '0') || '-0001-7000-8000-000000000001')::uuid,
           title, 'none', 'planning', now(), now() - n * interval '4 minutes'
      FROM {_NUMBERED} WHERE n > 4 * %(each)s AND n <= 5 * %(each)s
    """,
    # Each member asks about as many skills as it takes; whoever leads the category asks nothing of it.
    f"""
    INSERT INTO vettings (tenant_id, id, member_id, category_id, skill_id, words, state, asked_at, state_changed_at)
    SELECT m.tenant_id, gen_random_uuid(), m.id, ({_CATEGORY})::uuid, s.id, 'Twelve years of it.', 'open', at, at
      FROM members m JOIN skills s ON s.tenant_id = m.tenant_id,
           LATERAL (SELECT now() - random() * interval '30 days' AS at) AS since
     WHERE m.tenant_id = %(tenant)s AND m.id <> (lpad(to_hex(m.tenant_id), 8, '0') || '-0001-7000-8000-000000000001')::uuid
     ORDER BY m.id, s.id LIMIT %(each)s
    """,
)


def run() -> Iterator[Result]:
    """Yield how long the desk takes with either queue, and how many times as long with the long one."""
    with ExitStack() as stack:
        filled = stack.enter_context(database("bench_queue", tenants=2, gigs=_GIGS))
        for tenant, waiting in _WAITING.items():
            _arrange(filled, tenant, waiting)
        web = stack.enter_context(guildhall("desk", filled.environment, "layouts,cards,lists,pages"))
        few, many = (
            Scenario(
                f"desk, {waiting:,} things wait",
                web,
                "/categories/field-1/desk",
                people.member(filled, tenant=tenant),
                holds=("desk-row__title", 24),
            )
            for tenant, waiting in _WAITING.items()
        )
        interleaved([few, many])
        yield from few.figures(few)
        yield from many.figures(many)
        yield Result("desk: as long with 5,000 as with 50", few.times(many), "×", _RATIO, "lower")


def _arrange(filled: Database, tenant: int, waiting: int) -> None:
    numbers = {"tenant": tenant, "each": waiting // _KINDS}
    with filled.operator() as operator:
        operator.execute("SET statement_timeout = 0")
        for statement in (*_CLEAR, *_ARRANGE):
            operator.execute(statement, numbers)  # type: ignore[arg-type]
        operator.execute("ANALYZE")
