"""What a list that is narrowed down by answers reads, among ten thousand gigs that answered."""

import re

import psycopg
from sqlalchemy import text

from app.core import clock
from app.core.database import db
from app.fields.models import CategoryField
from tenants.context import current_tenant_id, tenant_context
from tests.factories import a_category, a_category_leader, a_hall, a_published_gig, acting

MANY = 10_000
#: Pages of the database that one page of the list may read.
FEW = 400
_GIGS = """
    INSERT INTO gigs (tenant_id, id, author_id, category_id, direction, state, title, created_at, updated_at, published_at,
                      state_changed_at)
    SELECT tenant_id, gen_random_uuid(), author_id, category_id, direction, 'open', 'One of many', now(), now(),
           now() - number * interval '1 minute', now()
      FROM gigs, generate_series(1, :many) AS number WHERE id = :id
"""
_ANSWERS = """
    INSERT INTO gig_field_values (tenant_id, gig_id, field_id, nth, number)
    SELECT tenant_id, id, :field, 0, 100 * (row_number() OVER (ORDER BY id)) FROM gigs WHERE title = 'One of many'
"""
# The condition of `app.gigs.queries.answered`, on the newest page of a category.
_PAGE = """
    EXPLAIN (ANALYZE, BUFFERS)
    SELECT id FROM gigs
     WHERE tenant_id = :tenant AND state = 'open' AND category_id = :category
       AND EXISTS (SELECT FROM gig_field_values a WHERE a.tenant_id = :tenant AND a.gig_id = gigs.id
                      AND a.field_id = :field AND a.number >= :least AND a.number <= :most)
     ORDER BY published_at DESC, id DESC LIMIT 25
"""


def test_few_answers_are_looked_up_and_many_are_met_on_the_way(committing, fresh_database):
    with tenant_context(a_hall()):
        category = a_category("Print")
        tomasz = a_category_leader(category)
        field = CategoryField.ask(category, by=acting(tomasz), now=clock.now(), name="Pages", kind="number")
        first = a_published_gig(by=tomasz, category=category)
        db.session.execute(text(_GIGS), {"id": first.id, "many": MANY})
        db.session.execute(text(_ANSWERS), {"field": field.id})
        db.session.commit()
        with psycopg.connect(fresh_database.owner_url, autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE gigs")
            owner.execute("VACUUM ANALYZE gig_field_values")
        here = {"tenant": current_tenant_id(), "category": category.id, "field": field.id}
        for least, most in ((1, 25_00), (1, 100 * MANY)):
            plan = "\n".join(db.session.execute(text(_PAGE), here | {"least": least, "most": most}).scalars())
            assert "Seq Scan on gig_field_values" not in plan, plan
            assert "gig_field_values_" in plan
            assert int(re.search(r"shared hit=(\d+)", plan)[1]) < FEW, plan
        db.session.rollback()
