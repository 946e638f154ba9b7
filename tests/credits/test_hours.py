"""Hours are reserved when both agree, given when the work is accepted, and never more than may be owed."""

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from app.agreements.terms import MilestoneTerms
from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.credits.accounts import account_of, hall_account
from app.credits.correcting import correct, give_back, hand_over_hours
from app.credits.counting import hours_of
from app.credits.failures import NotEnough, NotEnoughThere, NothingToGiveBack, TooMuch
from app.credits.models import CreditTransfer
from app.credits.reading import every_move, moves, reservations, standing_of, sums
from tests.credits.arranging import actor, an_agreement_on_hours, everything, given, the_rules
from tests.factories import a_leader, a_member, acting


def figures(member):
    own = standing_of(member.id)
    return own.balance, own.reserved, own.available


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def work_off(agreement):
    client, worker = actor(agreement.client_id), actor(agreement.worker_id)
    agreement.deliver(by=worker, note="Here.", now=clock.now())
    agreement.accept(by=client, seen=agreement.waiting_delivery().id, now=clock.now())


def test_what_is_agreed_is_reserved_and_what_is_accepted_is_given(maya, sam):
    the_rules(opening=300, may_owe=60)
    agreement = an_agreement_on_hours(180, client=maya, worker=sam, state="active")
    assert figures(maya) == (300, 180, 180)
    assert [(row.title, row.minutes) for row in reservations(maya.id)] == [(agreement.title, 180)]
    work_off(agreement)
    assert figures(maya) == (120, 0, 180)
    assert figures(sam) == (480, 0, 540)
    assert everything() == 0
    assert [(row.kind, row.minutes, int(row.balance), row.other_name) for row in moves(sam.id, at=None)] == [
        ("give", 180, 480, "Maya Okafor"), ("opening", 300, 300, None),
    ]  # fmt: skip
    assert hours_of(sam.id) == (180, 0)
    assert hours_of(maya.id) == (0, 180)


def test_each_milestone_gives_its_part_and_the_last_what_does_not_divide(maya, sam):
    parts = tuple(MilestoneTerms(name) for name in ("Sketch", "Colours", "Outlines"))
    agreement = an_agreement_on_hours(100, client=maya, worker=sam, state="active", milestones=parts)
    stands = []
    for _ in parts:
        work_off(agreement)
        stands.append(figures(sam)[0])
    assert stands == [33, 66, 100]
    assert standing_of(maya.id).reserved == 0


@pytest.mark.parametrize("verb", ["cancel", "dissolve"])
def test_what_comes_to_nothing_frees_what_was_reserved(maya, sam, verb):
    parts = (MilestoneTerms("Sketch"), MilestoneTerms("Outlines"))
    agreement = an_agreement_on_hours(120, client=maya, worker=sam, state="active", milestones=parts)
    work_off(agreement)
    by = actor(maya.id) if verb == "cancel" else acting(a_leader())
    getattr(agreement, verb)(by=by, why="The wall came down.", now=clock.now())
    assert figures(maya)[:2] == (-60, 0)
    assert figures(sam)[:2] == (60, 0)
    assert everything() == 0


@pytest.mark.parametrize(("outcome", "had"), [("finished", 180), ("partly", 0), ("ended", 0)])
def test_a_leaders_word_on_a_dispute_settles_the_hours(maya, sam, outcome, had):
    agreement = an_agreement_on_hours(180, client=maya, worker=sam, state="disputed")
    agreement.resolve(by=acting(a_leader()), outcome=outcome, why="I have looked at it.", now=clock.now())
    assert (figures(sam)[0], figures(maya)[:2]) == (had, (-had, 0))


def test_terms_that_cannot_be_kept_are_refused_to_whoever_offers_them(maya, sam):
    the_rules(opening=60, may_owe=60)
    with pytest.raises(NotEnough, match=r"3\sh of time credits, and 2\sh can be given"):
        an_agreement_on_hours(180, client=maya, worker=sam)


def test_agreeing_is_refused_when_the_hours_went_elsewhere_and_the_other_side_learns_no_figure(maya, sam):
    the_rules(opening=200, may_owe=0)
    one = an_agreement_on_hours(150, client=maya, worker=sam)
    other = an_agreement_on_hours(150, client=maya, worker=sam)
    one.agree(by=acting(sam), seen=1, now=clock.now())
    db.session.commit()
    with pytest.raises(NotEnoughThere, match="does not have enough") as refusal:
        other.agree(by=acting(sam), seen=1, now=clock.now())
    assert not any(figure in refusal.value.message for figure in "0123456789")
    db.session.rollback()
    assert figures(maya) == (200, 150, 50)


def test_a_correction_is_made_once_for_a_reason_and_not_below_what_may_be_owed(maya):
    leader = the_rules(opening=0, may_owe=60)
    key = new_id()
    assert correct(maya.id, 90, key=key, why="Ran the spring fair.", by=leader, now=clock.now())
    assert not correct(maya.id, 90, key=key, why="Ran the spring fair.", by=leader, now=clock.now())
    assert figures(maya)[0] == 90
    with pytest.raises(NotEnough):
        correct(maya.id, -151, key=new_id(), why="A mistake.", by=leader, now=clock.now())
    correct(maya.id, -150, key=new_id(), why="A mistake.", by=leader, now=clock.now())
    assert figures(maya)[0] == -60
    assert [row.reason for row in every_move(maya.id)] == ["Ran the spring fair.", "A mistake."]


def test_a_worker_gives_back_once_and_no_more_than_they_were_given(maya, sam):
    agreement = an_agreement_on_hours(180, client=maya, worker=sam, state="accepted")
    by = acting(sam)
    with pytest.raises(TooMuch):
        give_back(agreement, 181, why="It fell down.", by=by, now=clock.now())
    give_back(agreement, 60, why="It fell down.", by=by, now=clock.now())
    assert (figures(maya)[0], figures(sam)[0]) == (-120, 120)
    with pytest.raises(NothingToGiveBack):
        give_back(agreement, 60, why="Again.", by=by, now=clock.now())


@pytest.mark.parametrize("minutes", [120, -45])
def test_what_somebody_leaves_behind_goes_to_the_hall(maya, minutes):
    leader = the_rules()
    given(maya, minutes, leader)
    before = hall_account(now=clock.now()).balance
    assert hand_over_hours(maya.id, now=clock.now()) == minutes
    assert hall_account(now=clock.now()).balance == before + minutes
    assert everything() == 0


def test_tighter_rules_take_nothing_away_but_refuse_to_owe_more(maya, sam):
    leader = the_rules(may_owe=600)
    given(maya, -500, leader)
    the_rules(may_owe=60)
    assert figures(maya) == (-500, 0, 0)
    with pytest.raises(NotEnough):
        an_agreement_on_hours(15, client=maya, worker=sam)
    assert sums(now=clock.now()).at_limit == 1


def test_the_database_itself_moves_balances_and_holds_the_limit(maya):
    the_rules(opening=0, may_owe=60)
    account, hall = account_of(maya.id, now=clock.now()), hall_account(now=clock.now())
    row = {"kind": "give", "source": "x", "from_id": account.id, "to_id": hall.id, "happened_at": clock.now()}
    with pytest.raises(DBAPIError, match="more than this account may owe"), db.session.begin_nested():
        db.session.execute(insert(CreditTransfer).values(**row, minutes=61))
    with pytest.raises(DBAPIError, match="source"), db.session.begin_nested():
        db.session.execute(insert(CreditTransfer).values(**row, minutes=10))
        db.session.execute(insert(CreditTransfer).values(**row, minutes=10))
    for change in (
        "UPDATE credit_accounts SET balance = 5",
        "UPDATE credit_transfers SET minutes = 5",
        "DELETE FROM credit_transfers",
        "DELETE FROM credit_accounts",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), db.session.begin_nested():
            db.session.execute(text(change))
