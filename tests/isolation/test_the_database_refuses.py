"""What one tenant may not do to another is refused by PostgreSQL itself, whatever the code asks."""

import pytest
from sqlalchemy import bindparam, create_engine, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError, StatementError

from app.accounts.models import Tribe
from app.categories.models import Category
from app.core.database import db
from tenants.context import TenantChanged, enter_request, tenant_context
from tenants.isolation import UnsafeRole, refuse_unsafe_role
from tenants.models import Member, Role, Tenant
from tests.factories import a_category, a_member, a_user


@pytest.fixture
def stranger(hall, other_hall):
    """A member of the other tenant, seen from this one."""
    db.session.commit()
    with tenant_context(other_hall):
        member = a_member("Sam Hill")
        db.session.commit()
        member_id = member.id
        db.session.expunge_all()
    db.session.commit()
    return member_id


def test_a_query_without_any_predicate_sees_this_tenant_only(hall, stranger):
    a_member("Maya Okafor")
    assert db.session.scalars(select(Member.name)).all() == ["Maya Okafor"]


def test_another_tenants_row_is_not_there_by_id(hall, stranger):
    assert db.session.scalars(select(Member).where(Member.id == stranger)).all() == []


def test_another_tenants_row_cannot_be_changed(hall, other_hall, stranger):
    changed = db.session.execute(update(Member).where(Member.tenant_id == other_hall.id).values(name="Mallory"))
    assert changed.rowcount == 0


def test_a_row_cannot_be_put_into_another_tenant(hall, other_hall):
    with pytest.raises(ProgrammingError, match="row-level security"), db.session.begin_nested():
        db.session.execute(insert(Category).values(tenant_id=other_hall.id, slug="x", name="X"))


def test_a_row_cannot_be_moved_into_another_tenant(hall, other_hall):
    a_category("Print")
    with pytest.raises(ProgrammingError, match="row-level security"), db.session.begin_nested():
        db.session.execute(update(Category).where(Category.slug == "print").values(tenant_id=other_hall.id))


def test_an_upsert_cannot_touch_another_tenants_row(hall, other_hall, stranger):
    statement = upsert(Member).values(tenant_id=other_hall.id, id=stranger, name="Mallory")
    with pytest.raises(ProgrammingError, match="row-level security"), db.session.begin_nested():
        db.session.execute(
            statement.on_conflict_do_update(index_elements=["tenant_id", "id"], set_={"name": "Mallory"})
        )


def test_a_foreign_key_cannot_point_into_another_tenant(hall, stranger):
    with pytest.raises(IntegrityError, match="foreign key"), db.session.begin_nested():
        db.session.add(Role(member_id=stranger, role="leader"))


def test_a_transaction_without_a_tenant_fails_loudly(hall):
    db.session.commit()
    enter_request(None)
    with pytest.raises(DBAPIError, match="bigint"):
        db.session.execute(select(func.count()).select_from(Member))


def test_tenant_data_outside_any_tenant_is_an_error(app):
    db.session.add(Category(slug="x", name="X"))
    with pytest.raises(StatementError, match="no tenant is in force"):
        db.session.flush()


def test_the_tenant_cannot_change_inside_an_open_transaction(hall, other_hall):
    db.session.execute(select(Member.id))
    with pytest.raises(TenantChanged), tenant_context(other_hall):
        pass


def test_another_tenants_settings_cannot_be_written(hall, other_hall):
    changed = db.session.execute(update(Tenant).where(Tenant.id == other_hall.id).values(name="Mallory's"))
    assert changed.rowcount == 0


def test_a_view_shows_the_tenant_in_force_only(database, hall, stranger):
    """`security_invoker` makes a view run with the reader's rights; the catalogue test holds every view to it."""
    a_member("Maya Okafor")
    names = db.session.execute(text("SELECT name FROM (SELECT * FROM members) AS everything")).scalars().all()
    assert names == ["Maya Okafor"]


def test_whom_a_person_belongs_to_is_hidden_from_the_tenants(hall, other_hall, stranger):
    assert (
        db.session.execute(select(func.count()).select_from(Tribe).where(Tribe.member_id == stranger)).scalar_one() == 0
    )


def test_a_person_sees_all_their_own_tribes_and_nobody_elses(hall, other_hall):
    both = a_user("Both Here")
    a_member("Both Here", user=both)
    a_member("Only Here")
    db.session.commit()
    with tenant_context(other_hall):
        a_member("Both Here", user=both)
    user_id = both.id
    db.session.commit()
    enter_request(None)
    db.session.execute(text(f"SET LOCAL app.user_id = '{user_id}'"))
    assert set(db.session.scalars(select(Tribe.tenant_id))) == {hall.id, other_hall.id}
    assert set(db.session.scalars(select(Tribe.user_id))) == {user_id}


@pytest.mark.parametrize("role", ["owner", "operator"])
def test_the_application_refuses_to_start_as_a_role_that_could_step_around_it(database, role):
    url = database.owner_url if role == "owner" else database.operator_url
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection, pytest.raises(UnsafeRole):
        refuse_unsafe_role(connection)
    engine.dispose()


def test_nobody_but_migrations_is_a_member_of_the_search_owner(app):
    members = db.session.execute(
        text(
            "SELECT member::regrole::text FROM pg_auth_members"
            " WHERE roleid = CAST(:role AS regrole) AND (set_option OR inherit_option)"
        ).bindparams(bindparam("role", "guildhall_search_owner"))
    ).scalars()
    assert members.all() == ["guildhall_owner"]


def test_the_runtime_role_cannot_truncate_or_create(app):
    for statement in ("TRUNCATE members", "CREATE TABLE loot (id int)"):
        with pytest.raises(ProgrammingError, match="permission denied"), db.session.begin_nested():
            db.session.execute(text(statement))
