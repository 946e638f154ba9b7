"""The file that carries reviews: nothing in it can be changed, and nothing else is taken for one."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.attestations.failures import Changed, NotOurs, SomebodyElses, UnknownSigner
from app.attestations.forms import Taking
from app.attestations.statement import MOST, Statement, believe, read, written
from tests.attestations.going import author_of, naming, taken


@given(place=st.integers(0, 2000), byte=st.integers(0, 255))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_with_any_letter_changed_is_refused_or_says_the_same(here, place, byte):
    """Whatever byte is changed: it is no such file, or not believed, or the change was in the white space around it."""
    file = written(taken(here)).encode()
    at = place % len(file)
    changed = (file[:at] + bytes([byte]) + file[at + 1 :]).decode(errors="replace")
    try:
        found = read(changed)
        believe(found, here.user_id)
    except (NotOurs, Changed, UnknownSigner, SomebodyElses):
        return
    assert [(one.payload, one.signature) for one in found] == [
        (one.payload, one.signature) for one in read(file.decode())
    ]


@given(st.text(max_size=300) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["kind", "version", "statements", "payload", "key", "signature"]), inner, max_size=4
    ),
    max_leaves=20,
).map(json.dumps))  # fmt: skip
def test_any_other_file_is_refused_kindly(text):
    with pytest.raises(NotOurs):
        read(text)


@pytest.mark.parametrize("wrong", [{"key": 1}, {"payload": 1}, {"payload": None}, {"signature": [1]}])
def test_a_part_of_another_kind_is_refused_kindly(here, wrong):
    file = json.loads(written(taken(here)))
    file["statements"][0] |= wrong
    with pytest.raises(NotOurs):
        read(json.dumps(file))


def test_half_a_letter_is_refused_kindly(here):
    file = json.loads(written(taken(here)))
    file["statements"][0]["payload"] = file["statements"][0]["payload"].replace("She", "\ud800")
    with pytest.raises(NotOurs):
        read(json.dumps(file))


def test_a_file_holds_no_more_than_is_taken_at_once(app):
    with app.test_request_context():
        assert Taking().reviews.most == MOST


def test_a_payload_holds_what_was_said_and_no_more(here):
    (one,) = taken(here)
    assert set(json.loads(one.payload)) == set(Statement.__dataclass_fields__)
    client = author_of(naming(here))
    for secret in (client.name, str(client.id), str(here.user_id), str(here.id), "maya@example.org"):
        assert secret not in one.payload
