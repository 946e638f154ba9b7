"""What is only read runs on a line of its own: it gives what the driver gives, and sees no more."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as thorough
from hypothesis import strategies as st
from sqlalchemy import (
    ARRAY,
    Boolean,
    Date,
    DateTime,
    Integer,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

from app.core import rounds
from app.core.database import db
from app.core.reading import Reading
from app.joining.admission import admit
from tenants.context import TenantInfo, tenant_context
from tenants.models import Member
from tests.factories import a_hall, a_member, a_user

_KINDS: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "number": (Integer(), st.integers(-(2**31), 2**31 - 1)),
    "word": (Text(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))),
    "id": (Uuid(), st.uuids()),
    "day": (Date(), st.dates(date(1, 1, 1))),
    # Without a zone, since hypothesis adds it.
    "moment": (DateTime(timezone=True), st.datetimes(datetime(1000, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001
    "flag": (Boolean(), st.booleans()),
    "ids": (ARRAY(Uuid()), st.lists(st.uuids(), max_size=3)),
}
_ECHO = Reading(select(*(cast(bindparam(name), kind).label(name) for name, (kind, _) in _KINDS.items())))
_NAMES = Reading(select(Member.name).order_by(Member.name))


@pytest.fixture
def hall(committing: Flask) -> TenantInfo:
    return a_hall("designers")


@pytest.fixture
def inside(hall: TenantInfo) -> Iterator[TenantInfo]:
    with tenant_context(hall):
        yield hall


@thorough(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(values=st.fixed_dictionaries({name: st.none() | drawn for name, (_, drawn) in _KINDS.items()}))
def test_a_value_comes_back_as_it_does_from_the_driver(inside, values):
    db.session.rollback()
    on_the_line = _ECHO.one_or_none(**values)
    assert not db.session().in_transaction()
    db.session.connection()
    in_a_transaction = _ECHO.one_or_none(**values)

    assert on_the_line._asdict() == in_a_transaction._asdict() == values


def test_row_level_security_confines_it_to_the_tenant_in_force(hall):
    other = a_hall("hillside")
    for tenant, name in ((hall, "Ines"), (other, "Orla")):
        with tenant_context(tenant):
            a_member(name)
            db.session.commit()

    for tenant, name in ((hall, "Ines"), (other, "Orla"), (hall, "Ines")):
        with tenant_context(tenant):
            assert [row.name for row in _NAMES.rows()] == [name]
            assert not db.session().in_transaction()
    # With no tenant in force the database itself refuses.
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        _NAMES.rows()


def test_it_sees_what_the_request_has_changed_and_what_others_have_committed(inside, fresh_database):
    with psycopg.connect(fresh_database.operator_url) as other:
        other.execute("INSERT INTO members (tenant_id, id, name) VALUES (%s, %s, 'Noor')", (inside.id, uuid4()))
    assert [row.name for row in _NAMES.rows()] == ["Noor"]
    admit(a_user("Maya"), name="Maya")
    assert [row.name for row in _NAMES.rows()] == ["Maya", "Noor"]
    db.session.rollback()
    assert [row.name for row in _NAMES.rows()] == ["Noor"]


def test_a_connection_that_was_cut_is_replaced(inside, fresh_database):
    assert _NAMES.rows() == []
    with psycopg.connect(fresh_database.app_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    db.engine.dispose()
    assert _NAMES.rows() == []


def test_an_error_is_the_drivers_own_and_leaves_the_line_good(inside):
    broken = Reading(select((literal_column("1") / bindparam("by", type_=Integer)).label("share")))

    with pytest.raises(psycopg.errors.DivisionByZero):
        broken.one_or_none(by=0)
    assert broken.one_or_none(by=1).share == 1
    with pytest.raises(TypeError):
        broken.one_or_none()


def test_a_value_that_only_the_driver_can_write_goes_to_the_driver(inside):
    shown = Reading(select(func.upper(bindparam("word", type_=Text)).label("word")))

    with pytest.raises(psycopg.DataError):
        shown.one_or_none(word="a\0b")
    db.session.rollback()
    listed = Reading(select(func.array_to_string(bindparam("words", type_=ARRAY(Text())), "|").label("words")))
    assert listed.one_or_none(words=['a"b', "{c},d"]).words == 'a"b|{c},d'


@pytest.fixture
def in_rounds() -> Iterator[None]:
    rounds.begin()
    yield
    rounds.end()


def test_those_who_wait_together_share_what_they_ask_alike(inside, in_rounds):
    """What changes after the first has read is seen from the next round on; another tenant's question is another."""
    a_member("Maya")
    assert [row.name for row in _NAMES.rows()] == ["Maya"]
    a_member("Zoe")
    assert [row.name for row in _NAMES.rows()] == ["Maya"]
    rounds.begin()
    assert [row.name for row in _NAMES.rows()] == ["Maya", "Zoe"]


def test_nothing_is_shared_between_tenants_nor_with_whoever_changes_something(inside, in_rounds):
    maya = a_member("Maya")
    other = a_hall("hillside")
    assert [row.name for row in _NAMES.rows()] == ["Maya"]
    with tenant_context(other):
        assert _NAMES.rows() == []
        db.session.rollback()
    maya.name = "Maya Okafor"
    db.session.flush()
    assert [row.name for row in _NAMES.rows()] == ["Maya Okafor"]
