"""Reviews travel with the person they are about: signed, unchanged, and with nobody's name who did not agree."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.attestations.carried import CarriedReview
from app.attestations.failures import (
    Changed,
    FromHere,
    MayNotArrive,
    MayNotLeave,
    NotAsked,
    NothingToTake,
    NotOurs,
    SomebodyElses,
    UnknownSigner,
    Withdrawn,
)
from app.attestations.keys import AttestationKey, rotate, signing_key
from app.attestations.models import Attestation
from app.attestations.queries import asked_of, carried_about, to_take
from app.attestations.statement import Signed, Statement, believe, read, signed, written
from app.attestations.taking import bring, take
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.reviews.models import Review
from app.reviews.publishing import review
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.factories import a_member, a_user, acting, an_agreement, run_jobs

WORDS = "She measures twice, and leaves the pavement clean."


@pytest.fixture
def maya(other_hall, hall):
    return a_user("Maya Okafor", email="maya@example.org")


@pytest.fixture
def here(hall, maya):
    """Maya in the marketplace where she worked, with one published review of her."""
    member = a_member("Maya Okafor", user=maya)
    agreement = an_agreement(state="accepted", applicant=member)
    sides = {agreement.client_id: (5, WORDS), agreement.worker_id: (4, "Clear and quick to answer.")}
    for by, (rating, text) in sides.items():
        author = db.session.scalars(select(Member).where(scoped(Member), Member.id == by)).one()
        review(agreement, by=acting(author), rating=rating, text=text, private_note="", now=clock.now())
    db.session.commit()
    return acting(member)


@pytest.fixture
def there(other_hall, maya, hall):
    """Maya in another marketplace."""
    db.session.commit()
    with tenant_context(other_hall):
        member = acting(a_member("Maya Okafor", user=maya))
        db.session.commit()
    return member


def taken(member):
    return take([row.review_id for row in to_take(member.id)], by=member, now=clock.now())


def brought(hall, member, statements):
    """Return what the other marketplace shows once a file was brought there; each marketplace has a transaction of its own."""
    file = written(statements)
    db.session.commit()
    with tenant_context(hall):
        bring(read(file), by=member, now=clock.now())
        db.session.commit()
    return shown(hall, member)


def shown(hall, member):
    """Return what a marketplace shows of a member."""
    with tenant_context(hall):
        found = carried_about(member.id)
        db.session.commit()
    return found


def settle(hall, **switches):
    with tenant_context(hall):
        db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(**switches))
        db.session.commit()


def naming(member):
    return Attestation.of(db.session.scalars(select(Review).where(Review.subject_id == member.id)).one())


def author_of(attestation):
    return acting(db.session.scalars(select(Member).where(scoped(Member), Member.id == attestation.author_id)).one())


def test_a_review_stands_in_another_marketplace_as_it_was_written(here, there, hall, other_hall):
    (one,) = brought(other_hall, there, taken(here))

    assert (one.statement.text, one.statement.rating, one.statement.side) == (WORDS, 5, "worker")
    assert one.hall == hall.name
    assert one.statement.author == ""


def test_brought_again_it_is_the_same(here, there, hall, other_hall):
    brought(other_hall, there, taken(here))
    with tenant_context(hall):
        statements = taken(here)
    assert len(brought(other_hall, there, statements)) == 1


def test_a_name_goes_along_only_once_its_owner_agrees(here, there, other_hall):
    attestation = naming(here)
    attestation.ask_for_name(by=here)
    assert not taken(here)[0].statement.author

    author = author_of(attestation)
    assert [row.naming for row in asked_of(author.id)] == ["asked"]
    attestation.agree(by=author)
    (one,) = brought(other_hall, there, taken(here))
    assert one.statement.author == author.name


def test_an_author_who_changes_their_mind_is_unnamed_everywhere(here, there, other_hall, hall):
    attestation = naming(here)
    attestation.ask_for_name(by=here)
    author = author_of(attestation)
    attestation.agree(by=author)
    assert brought(other_hall, there, taken(here))[0].statement.author

    with tenant_context(hall):
        naming(here).refuse(by=author, now=clock.now())
        db.session.commit()
    assert shown(other_hall, there) == []
    with tenant_context(hall):
        statements = taken(here)
    (one,) = brought(other_hall, there, statements)
    assert not one.statement.author


def test_nobody_answers_what_was_not_asked(here):
    attestation = naming(here)
    with pytest.raises(NotAsked):
        attestation.agree(by=author_of(attestation))


def test_what_is_withdrawn_is_shown_nowhere_from_that_moment_on_and_then_gone(here, there, hall, other_hall, outbox):
    file = written(taken(here))
    brought(other_hall, there, read(file))
    with tenant_context(hall):
        naming(here).withdraw(by=here, now=clock.now())
        db.session.commit()
    assert shown(other_hall, there) == []
    with tenant_context(other_hall):
        with pytest.raises(Withdrawn):
            bring(read(file), by=there, now=clock.now())
        db.session.rollback()
    run_jobs()
    with tenant_context(other_hall):
        assert db.session.scalars(select(CarriedReview.id).where(scoped(CarriedReview))).all() == []


def test_nobody_else_can_bring_it(here, there, other_hall):
    file = read(written(taken(here)))
    db.session.commit()
    with tenant_context(other_hall):
        somebody = acting(a_member("Sam Reyes"))
        with pytest.raises(SomebodyElses):
            bring(file, by=somebody, now=clock.now())


def test_reviews_from_here_are_not_brought_here(here):
    statements = taken(here)
    with pytest.raises(FromHere):
        bring(statements, by=here, now=clock.now())


def test_another_marketplace_cannot_sign_in_the_first_ones_name(here, there, other_hall):
    """What another key signed is shown as the other marketplace's, whatever it says of itself."""
    (one,) = taken(here)
    db.session.commit()
    with tenant_context(other_hall):
        forged = signed(replace(one.statement, text="The best of all."), signing_key(clock.now()))
        with pytest.raises(Changed):
            believe([Signed(forged.payload, one.key_id, forged.signature)], here.user_id)
        with pytest.raises(FromHere):
            bring([forged], by=there, now=clock.now())


def test_a_key_that_was_given_up_makes_nothing_believed(here, there, hall, other_hall):
    file = read(written(taken(here)))
    brought(other_hall, there, file)
    with tenant_context(hall):
        rotate(clock.now(), give_up=True)
        db.session.commit()
    assert shown(other_hall, there) == []
    with tenant_context(other_hall), pytest.raises(UnknownSigner):
        bring(file, by=there, now=clock.now())


def test_after_a_rotation_the_new_key_signs_and_the_old_one_is_still_believed(here, there, hall, other_hall):
    old = taken(here)
    new_key = rotate(clock.now())
    new = taken(here)
    assert {one.key_id for one in new} == {new_key.id} != {one.key_id for one in old}
    assert len(brought(other_hall, there, old)) == len(brought(other_hall, there, new)) == 1


def test_another_secret_makes_another_key(here, app, monkeypatch):
    first = signing_key(clock.now())
    other = replace(config(), secret_key="another secret altogether")
    monkeypatch.setattr("app.attestations.keys.config", lambda: other)
    second = signing_key(clock.now())
    assert (second.number, first.ended_at is not None) == (first.number + 1, True)
    assert second.public_key != first.public_key


def test_only_public_keys_are_kept(here):
    taken(here)
    kept = db.session.scalars(select(AttestationKey)).one()
    assert {column.name for column in AttestationKey.__table__.columns} == {
        "id", "tenant_id", "number", "public_key", "began_at", "ended_at", "given_up_at",
    }  # fmt: skip
    assert len(kept.public_key) == 32


def test_leaders_can_keep_reviews_in_and_out(here, there, hall, other_hall):
    file = taken(here)
    brought(other_hall, there, file)
    settle(hall, reviews_leave=False)
    with pytest.raises(MayNotLeave):
        taken(here)
    db.session.commit()
    settle(other_hall, reviews_arrive=False)
    assert shown(other_hall, there) == []
    with tenant_context(other_hall), pytest.raises(MayNotArrive):
        bring(file, by=there, now=clock.now())


def test_others_reviews_are_nothing_to_take(here):
    others = db.session.scalars(select(Review.id).where(Review.subject_id != here.id)).all()
    with pytest.raises(NothingToTake):
        take(others, by=here, now=clock.now())


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


def test_a_payload_holds_what_was_said_and_no_more(here):
    (one,) = taken(here)
    assert set(json.loads(one.payload)) == set(Statement.__dataclass_fields__)
    client = author_of(naming(here))
    for secret in (client.name, str(client.id), str(here.user_id), str(here.id), "maya@example.org"):
        assert secret not in one.payload


class TestPages:
    def test_the_whole_way_in_a_browser(self, hall, other_hall, here, there, browser):
        member = db.session.get_one(Member, (hall.id, here.id))
        mine = browser(member)
        page = mine.get("/reviews/along").text
        assert "Sign and give me the file" in page
        (row,) = to_take(here.id)
        file = mine.post("/reviews/along", data={"reviews": [str(row.review_id)]})
        assert file.mimetype == "application/json"
        assert file.headers["Content-Disposition"] == 'attachment; filename="reviews-from-designers.json"'

        db.session.commit()
        with tenant_context(other_hall):
            member = db.session.get_one(Member, (other_hall.id, there.id))
            theirs = browser(member, host=other_hall.host)
        theirs.post("/reviews/elsewhere", data={"file": (BytesIO(file.data), "reviews.json")})
        page = theirs.get(f"/people/{there.id}").text
        assert WORDS in page
        assert "Reviews from elsewhere" in page

    def test_a_wrong_file_is_told_at_the_field(self, hall, here, browser):
        mine = browser(db.session.get_one(Member, (hall.id, here.id)))
        answer = mine.post("/reviews/elsewhere", data={"file": (BytesIO(b"{}"), "reviews.json")})
        assert answer.status_code == 422
        assert "This is not a file of reviews from a marketplace." in answer.text

    def test_nothing_chosen_is_told(self, hall, here, browser):
        answer = browser(db.session.get_one(Member, (hall.id, here.id))).post("/reviews/along", data={})
        assert answer.status_code == 422
        assert "Choose at least one review." in answer.text

    def test_others_can_neither_withdraw_nor_answer(self, hall, here, browser):
        attestation = naming(here)
        attestation.ask_for_name(by=here)
        db.session.commit()
        stranger = browser(a_member("Sam Reyes"))
        for step in ("withdrawal", "consent", "refusal"):
            assert stranger.post(f"/attestations/{attestation.id}/{step}").status_code == 403
