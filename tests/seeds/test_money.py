"""The demo where a stand-in for Stripe is there to hold its money."""

from dataclasses import replace

import psycopg
import pytest

from app.core.database import db
from app.factory import create_app
from app.seeds.content_files import content_of
from app.seeds.demo import seed_hall
from tests.app_fixtures import settings_for
from tests.money_fixtures import SECRETS
from tests.stripe.server import a_fake, running


@pytest.mark.slow
def test_the_leader_sells_a_gift_waits_and_work_is_held_and_paid(new_database, tmp_path):
    with new_database() as database, running(a_fake()) as fake:
        taking_money = {"stripe_key": "sk_test_fake", "stripe_url": fake.world.base, "webhook_secrets": SECRETS}
        application = create_app(replace(settings_for(database, tmp_path), **taking_money))
        with application.app_context():
            seed_hall(content_of("designers"), "")
            db.session.remove()
            db.engine.dispose()
        with psycopg.connect(database.operator_url) as connection:

            def states(table, column="state"):
                return sorted(connection.execute(f"SELECT {column} FROM {table}").fetchall())

            assert states("connections", "charges_enabled") == [(True,)]
            assert states("discounts", "promotion_id IS NOT NULL") == [(True,), (True,)]
            assert states("gifts") == [("paid",)]
            assert states("payments") == [("held",), ("released",), ("released",)]
            assert states("payout_accounts", "receives") == [(True,)]
            assert states("ledger_entries", "DISTINCT currency, sum(amount) OVER (PARTITION BY currency)") == [
                ("GBP", 0)
            ]
