"""Marketplaces to measure: plausible rows in bulk, written by the operator's role in a few statements."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace

import psutil
import psycopg

from app.core import bootstrap, migrations, postgres
from app.core.config import ROOT, Config

HOME = ROOT / "var" / "bench-postgres"
MEMBERS, CATEGORIES, SKILLS = 40, 7, 60
# As many as the 2,470 gigs that people really posted name on average.
SKILLS_OF_A_GIG = 5


@dataclass(frozen=True, slots=True)
class Database:
    """A database of the benchmark's own, with the settings that web processes need."""

    name: str
    settings: Config

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.settings.database_url,
            "DATABASE_OWNER_URL": self.settings.database_owner_url,
            "DATABASE_OPERATOR_URL": self.settings.database_operator_url,
            "SECRET_KEY": self.settings.secret_key,
            "DEVELOPMENT": "0",
            "VAR_DIR": str(self.settings.var_dir),
        }

    def operator(self) -> psycopg.Connection:
        """Return a connection that sees every tenant, in autocommit mode."""
        return psycopg.connect(self.settings.database_operator_url, autocommit=True)


@contextmanager
def database(name: str, *, tenants: int, gigs: int, gigs_of_first: int | None = None) -> Iterator[Database]:
    """Give a database with `tenants` marketplaces of `gigs` open gigs each (the first may have another number of them); kept
    between runs, since filling it takes long.
    """
    with postgres.running(HOME) as server:
        if not server.has_database(name):
            draft = f"{name}_draft"
            server.drop_database(draft)
            bootstrap.prepare(server, draft)
            migrations.migrate(server.url(draft, bootstrap.OWNER))
            _fill(
                server,
                draft,
                tenants=tenants,
                gigs=gigs,
                gigs_of_first=gigs if gigs_of_first is None else gigs_of_first,
            )
            with server.connect() as connection:
                connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")  # type: ignore[arg-type]
        # One that was kept may be of an older edition.
        migrations.migrate(server.url(name, bootstrap.OWNER))
        settings = bootstrap.with_addresses(Config(secret_key="a key for benchmarks only", var_dir=HOME), server, name)
        yield Database(name, replace(settings, development=False))


def processor_seconds() -> float:
    """Return the processor time that PostgreSQL has used for the connections that are open, in seconds."""
    postmaster = psutil.Process(int((HOME / "data" / "postmaster.pid").read_text().split()[0]))
    return sum(_processor_seconds(backend) for backend in postmaster.children())


def _processor_seconds(backend: psutil.Process) -> float:
    # Workers of the server's own end when they have done their piece.
    with suppress(psutil.NoSuchProcess):
        return float(sum(backend.cpu_times()[:2]))
    return 0.0


def small() -> AbstractContextManager[Database]:
    """Give ten marketplaces of two hundred open gigs; made in seconds the first time."""
    return database("bench_ten", tenants=10, gigs=200)


def large() -> AbstractContextManager[Database]:
    """Give ten thousand marketplaces of two hundred open gigs, two million in all; made in many minutes the first time."""
    return database("bench_ten_thousand", tenants=10_000, gigs=200)


def _fill(server: postgres.Server, name: str, *, tenants: int, gigs: int, gigs_of_first: int) -> None:
    numbers = {
        "tenants": tenants,
        "gigs": gigs,
        "gigs_of_first": gigs_of_first,
        "members": MEMBERS,
        "categories": CATEGORIES,
        "skills": SKILLS,
    }
    with psycopg.connect(server.url(name, bootstrap.OPERATOR), autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        for statement in _STATEMENTS:
            connection.execute(statement, numbers)  # type: ignore[arg-type]
        for first in range(1, tenants + 1, _AT_ONCE):
            for statement in _FINDABLE:
                connection.execute(statement, {"first": first, "last": first + _AT_ONCE - 1})
    with server.connect(name) as connection:
        connection.execute("VACUUM ANALYZE")


#: A row's id is its tenant's number and its own: it sorts as it was made, and any page can be named from outside.
def _id(kind: str, number: str) -> str:
    return f"(lpad(to_hex(t), 8, '0') || '-{kind}-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"


_TENANTS = "generate_series(1, %(tenants)s) AS t"
_GIGS = "generate_series(1, CASE WHEN t = 1 THEN %(gigs_of_first)s ELSE %(gigs)s END)"
_MEMBER, _CATEGORY, _SKILL, _GIG = "0001", "0002", "0003", "0004"
_STATEMENTS = (
    f"""
    INSERT INTO tenants (id, slug, name, kind, status, tagline, time_zone, currency)
    OVERRIDING SYSTEM VALUE
    SELECT t, 'hall-' || t, 'Hall ' || t, 'community', 'active', 'Work among people who know each other', 'UTC', 'EUR'
      FROM {_TENANTS}
    """,
    f"INSERT INTO tenant_versions (tenant_id) SELECT t FROM {_TENANTS}",
    f"INSERT INTO domains (host, tenant_id) SELECT 'hall-' || t || '.localhost', t FROM {_TENANTS}",
    f"""
    INSERT INTO users (id, email, name, email_verified_at)
    SELECT {_id("0000", "m")}, 'member-' || t || '-' || m || '@example.org', 'Member ' || m, now()
      FROM {_TENANTS}, generate_series(1, %(members)s) AS m WHERE t <= 10
    """,
    f"""
    INSERT INTO members (tenant_id, id, user_id, name, hue, standing, time_zone, joined_at, finished_count)
    SELECT t, {_id(_MEMBER, "m")}, CASE WHEN t <= 10 THEN {_id("0000", "m")} END,
           (ARRAY['Orla','Maya','Tomasz','Ines','Sam','Li','Aisha','Noor','Jonas','Ewa'])[1 + m %% 10] || ' '
           || (ARRAY['Finch','Okafor','Nowak','Moreau','Hill','Wei','Khan'])[1 + m %% 7],
           m %% 12, 'active', 'UTC', now() - m * interval '1 day', m %% 9
      FROM {_TENANTS}, generate_series(1, %(members)s) AS m
    """,
    f"""
    INSERT INTO profiles (tenant_id, member_id, headline, story, available_minutes, availability_confirmed_on, place)
    SELECT t, {_id(_MEMBER, "m")}, 'I make things that last, number ' || m,
           repeat('I learned this from my aunt and have done it ever since. ', 6), 360, current_date, 'Leeds'
      FROM {_TENANTS}, generate_series(1, %(members)s) AS m WHERE t <= 10
    """,
    f"""
    INSERT INTO categories (tenant_id, id, slug, name, summary, position)
    SELECT t, {_id(_CATEGORY, "c")}, 'field-' || c,
           (ARRAY['Lettering','Editorial','Type design','Print','Branding','Illustration','Photography'])[c],
           'What belongs here, in one sentence.', c
      FROM {_TENANTS}, generate_series(1, %(categories)s) AS c
    """,
    f"""
    INSERT INTO skills (tenant_id, id, slug, name)
    SELECT t, {_id(_SKILL, "s")}, 'skill-' || s, 'Skill number ' || s
      FROM {_TENANTS}, generate_series(1, %(skills)s) AS s
    """,
    f"""
    INSERT INTO gigs (tenant_id, id, author_id, category_id, direction, kind, settlement, state, title, summary,
                      description, needs, seats, due_on, effort_span, effort_minutes, remote, place, latitude, longitude,
                      pay_kind, pay_min, pay_max, currency, created_at, updated_at, published_at, expires_at, state_changed_at)
    SELECT t, {_id(_GIG, "g")}, {_id(_MEMBER, "1 + g %% %(members)s")}, {_id(_CATEGORY, "1 + g %% %(categories)s")},
           CASE WHEN g %% 4 = 0 THEN 'offer' ELSE 'request' END, 'gig',
           CASE WHEN g %% 3 = 0 THEN 'favour' ELSE 'money' END, 'open',
           (ARRAY['Redraw a sign from a photograph','Typeset a walking guide','Teach variable fonts',
                  'Menus for a supper club','A second pair of eyes on a wordmark'])[1 + g %% 5] || ', part ' || g,
           'One word, hand-painted look, delivered as outlines. We have a good scan and a wall to put it on.',
           repeat('We have a good scan and a wall to put it on. It is done when it is up. ', 8),
           ARRAY(SELECT 'Skill number ' || 1 + (g * 3 + n) %% %(skills)s FROM generate_series(1, {SKILLS_OF_A_GIG}) AS n),
           1 + g %% 3, current_date + 3 + g %% 60, 'total', 600, g %% 2 = 0, CASE WHEN g %% 2 = 0 THEN '' ELSE 'Leeds' END,
           CASE WHEN g %% 2 = 1 THEN 53796 END, CASE WHEN g %% 2 = 1 THEN -1548 END,
           CASE WHEN g %% 3 = 0 THEN NULL ELSE 'fixed' END, CASE WHEN g %% 3 = 0 THEN NULL ELSE 10000 + g * 100 END, NULL,
           CASE WHEN g %% 3 = 0 THEN NULL ELSE 'EUR' END,
           now() - g * interval '3 hours', now() - g * interval '3 hours', now() - g * interval '3 hours',
           now() + interval '60 days', now() - g * interval '3 hours'
      FROM {_TENANTS}, {_GIGS} AS g
    """,
    f"""
    INSERT INTO gig_skills (tenant_id, gig_id, relation, skill_id, position)
    SELECT t, {_id(_GIG, "g")}, 'needed', {_id(_SKILL, "1 + (g * 3 + n) %% %(skills)s")}, n
      FROM {_TENANTS}, {_GIGS} AS g, generate_series(1, {SKILLS_OF_A_GIG}) AS n
    """,
    f"""
    INSERT INTO member_skills (tenant_id, member_id, relation, skill_id, position)
    SELECT t, {_id(_MEMBER, "m")}, r, {_id(_SKILL, "1 + (m * 5 + n) %% %(skills)s")}, n
      FROM {_TENANTS}, generate_series(1, %(members)s) AS m, generate_series(1, 4) AS n,
           unnest(ARRAY['held', 'wanted']) AS r WHERE t <= 10
    """,
)


# As `app.search.keeping` writes it, but for the folding: these words are plain. What all gigs say alike is stemmed once.
_FINDABLE = (
    """
    WITH alike AS MATERIALIZED (
        SELECT summary, description, setweight(to_tsvector('english', summary), 'C')
                                     || setweight(to_tsvector('english', description), 'D') AS words
          FROM (SELECT DISTINCT summary, description FROM gigs WHERE tenant_id BETWEEN %(first)s AND %(last)s) AS said
    )
    INSERT INTO search_entries (tenant_id, kind, subject_id, fresh_at, words)
    SELECT tenant_id, 'gig', id, published_at,
           setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', array_to_string(needs, ' ')), 'B')
           || alike.words || format('%%L %%L', 't' || tenant_id || 'gigmembers', 't' || tenant_id || 'gigvisitors')::tsvector
      FROM gigs JOIN alike USING (summary, description) WHERE tenant_id BETWEEN %(first)s AND %(last)s
        ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO search_words (tenant_id, word)
    SELECT DISTINCT tenant_id, word
      FROM gigs, regexp_split_to_table(lower(title || ' ' || summary || ' ' || description), '[^a-z]+') AS word
     WHERE tenant_id BETWEEN %(first)s AND %(last)s AND length(word) > 2 AND id::text ~ '-00000000000.$'
        ON CONFLICT DO NOTHING
    """,
)
_UNFOUND = """
    SELECT id FROM tenants AS t WHERE EXISTS (SELECT FROM gigs WHERE tenant_id = t.id)
       AND NOT EXISTS (SELECT FROM search_entries WHERE tenant_id = t.id AND kind = 'gig') ORDER BY id
"""
_INDEX = "search_entries_words_idx"
_AT_ONCE, _MANY = 250, 1_000


def make_findable(database: Database) -> None:
    """Let the search know the gigs of a database that may be older than it, some hundred marketplaces at a time. One that was
    interrupted goes on where it was. Among millions the index of words is made at the end, which is many times as quick.
    """
    with (
        database.operator() as operator,
        psycopg.connect(database.settings.database_owner_url, autocommit=True) as owner,
    ):
        operator.execute("SET statement_timeout = 0")
        owner.execute("SET statement_timeout = 0")
        unfound = [row[0] for row in operator.execute(_UNFOUND)]
        if len(unfound) > _MANY:
            owner.execute(f"DROP INDEX IF EXISTS {_INDEX}")
        for number in range(0, len(unfound), _AT_ONCE):
            some = unfound[number : number + _AT_ONCE]
            for statement in _FINDABLE:
                operator.execute(statement, {"first": some[0], "last": some[-1]})
            print(f"\r  findable: {number + len(some)} of {len(unfound)} marketplaces", end="", flush=True)
        owner.execute("SET maintenance_work_mem = '256MB'")
        owner.execute(f"CREATE INDEX IF NOT EXISTS {_INDEX} ON search_entries USING gin (words)")
        if unfound:
            print()
            owner.execute("VACUUM ANALYZE search_entries, search_words")


def user_id(tenant: int, number: int) -> str:
    """Return the id of the person behind a member; the first ten marketplaces have people."""
    return f"{tenant:08x}-0000-7000-8000-{number:012x}"


def member_id(tenant: int, number: int) -> str:
    """Return the id of a marketplace's member."""
    return f"{tenant:08x}-{_MEMBER}-7000-8000-{number:012x}"


def gig_id(tenant: int, number: int) -> str:
    """Return the id of a marketplace's gig; the first is the newest."""
    return f"{tenant:08x}-{_GIG}-7000-8000-{number:012x}"
