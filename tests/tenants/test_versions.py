"""The counters that caches key on: bumped once, and last."""

from app.core.database import db
from tenants.models import TenantVersions
from tenants.versions import touch


def test_a_version_is_bumped_at_the_end_of_the_transaction_not_of_a_savepoint(hall, statements):
    before = db.session.get_one(TenantVersions, hall.id).gigs
    with db.session.begin_nested():
        touch("gigs")
    assert not any(statement.startswith("UPDATE tenant_versions") for statement in statements)
    db.session.commit()
    assert db.session.get_one(TenantVersions, hall.id).gigs == before + 1
