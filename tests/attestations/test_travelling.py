"""Reviews travel with the person they are about: signed, unchanged, and with nobody's name who did not agree."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.attestations.carried import CarriedReview
from app.attestations.failures import (
    Changed,
    FromHere,
    MayNotArrive,
    MayNotLeave,
    NotAsked,
    NothingToTake,
    SomebodyElses,
    TakenDown,
    UnknownSigner,
    Withdrawn,
)
from app.attestations.keys import AttestationKey, rotate, signing_key
from app.attestations.queries import asked_of
from app.attestations.statement import Signed, believe, read, signed, written
from app.attestations.taking import bring, take
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.departures.departure import leave
from app.reviews.models import Review
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.attestations.going import WORDS, author_of, brought, naming, settle, shown, taken
from tests.factories import a_member, acting, run_jobs


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


def test_an_author_who_leaves_is_unnamed_everywhere(here, there, other_hall, hall):
    attestation = naming(here)
    attestation.ask_for_name(by=here)
    author = author_of(attestation)
    attestation.agree(by=author)
    assert brought(other_hall, there, taken(here))[0].statement.author

    with tenant_context(hall):
        leave(author, now=clock.now())
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


def test_the_same_twice_in_a_file_is_brought_once(here, there, other_hall):
    assert len(brought(other_hall, there, taken(here) * 2)) == 1


def test_what_a_moderator_hides_is_not_taken_along(here, browser):
    (review,) = db.session.scalars(select(Review).where(Review.subject_id == here.id))
    review.hidden_at = clock.now()
    db.session.commit()
    with pytest.raises(NothingToTake):
        take([review.id], by=here, now=clock.now())
    me = browser(db.session.get_one(Member, (here.tenant_id, here.id)))
    assert me.post(f"/reviews/{review.id}/naming").status_code == 404
    # Nor is it read on the page of the work.
    page = me.get(f"/agreements/{review.agreement_id}").text
    assert WORDS not in page
    assert "Taken out of sight" in page


def test_what_a_moderator_took_down_is_not_brought_again(here, there, other_hall):
    file = taken(here)
    brought(other_hall, there, file)
    with tenant_context(other_hall):
        carried = db.session.scalars(select(CarriedReview).where(scoped(CarriedReview))).one()
        carried.drop(by=acting(a_member("Kofi Mensah", roles=("moderator",))), now=clock.now())
        db.session.commit()
    assert shown(other_hall, there) == []
    with tenant_context(other_hall), pytest.raises(TakenDown):
        bring(file, by=there, now=clock.now())


def test_whoever_took_their_own_down_may_bring_it_again(here, there, other_hall, hall):
    file = taken(here)
    brought(other_hall, there, file)
    with tenant_context(other_hall):
        db.session.scalars(select(CarriedReview).where(scoped(CarriedReview))).one().drop(by=there, now=clock.now())
        db.session.commit()
    assert shown(other_hall, there) == []
    assert len(brought(other_hall, there, file)) == 1


def test_whoever_would_not_be_named_is_not_asked_again_after_a_withdrawal(here):
    attestation = naming(here)
    attestation.ask_for_name(by=here)
    attestation.refuse(by=author_of(attestation), now=clock.now())
    taken(here)
    naming(here).withdraw(by=here, now=clock.now())
    db.session.flush()
    again = naming(here)
    again.ask_for_name(by=here)
    assert (again.naming, again.taken_at) == ("refused", None)


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
