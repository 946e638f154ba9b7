"""Lists come in: the good rows, each once, and the bad ones with their reasons."""

import os
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.imports import jobs
from app.imports.jobs import start
from app.imports.member_batch import welcome
from app.imports.models import AlreadyRunning, Import
from app.imports.sheets import read_sheet
from app.joining.models import Invitation
from app.joining.ways_in import come_in, door_for
from app.profiles.models import Profile
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_category, a_leader, a_member, a_user, run_jobs

REAL = Path(os.environ.get("GUILDHALL_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "real-gigs.csv"

GIGS = """\
Title,Pay,Skills,Level,Due
Paint a shop sign,£300,"Sign painting, Layout",Expert,
,£20,,,
Mend the till,lots,,,
Old work,£20,,,2020-01-01
Build our web shop,Hourly: £20 - £30,"Shopify, CSS, +2",Intermediate,
"""


# Whoever brings a list in hears when it is in; whoever is invited by one hears of that.
pytestmark = pytest.mark.usefixtures("outbox")


def brought_in(text, *, kind="gigs", by, **options):
    """Bring a list in, with the worker, and return the import."""
    one = Import.of_sheet(read_sheet(text.encode()), kind=kind, file_name="list.csv", by=by.id, now=clock.now())
    one.agree_columns(one.mapping, options)
    start(one, by=by.id)
    run_jobs()
    db.session.refresh(one)
    return one


def gigs_here():
    return db.session.scalars(select(Gig).where(scoped(Gig)).order_by(Gig.published_at.desc())).all()


def test_good_rows_become_gigs_and_bad_ones_are_told(hall):
    signs, screens = a_category("Signs"), a_category("Interfaces", emblem="interface")
    one = brought_in(GIGS, by=a_leader())
    assert one.is_finished
    assert one.counts() == {"created": 2, "refused": 3}
    assert [(row.number, row.reason) for row in one.rows("refused")] == [
        (3, "It has no title."),
        (4, "“lots” is no pay, such as 250, 20-30 an hour, or fixed price."),
        (5, "It was due on 1 January 2020, which is over."),
    ]
    sign, shop = gigs_here()
    assert (sign.title, sign.pay_min, sign.currency, sign.level, sign.state) == (
        "Paint a shop sign",
        30000,
        "GBP",
        "Expert",
        "open",
    )
    assert (sign.category_id, shop.category_id) == (signs.id, screens.id)
    assert list(shop.skills("needed")) == ["Shopify", "CSS"]
    assert "2 more skills" in shop.description
    assert shop.takes_applications


def test_whoever_brought_it_hears_that_it_is_in(hall, outbox):
    brought_in(GIGS, by=a_leader())
    assert outbox.to("ines-moreau@example.org").subject == "Your list is in"


def test_the_same_list_twice_adds_nothing(hall):
    leader = a_leader()
    brought_in(GIGS, by=leader)
    again = brought_in(GIGS.replace("Paint a shop sign", "paint  a shop SIGN"), by=leader)
    assert again.counts() == {"unchanged": 2, "refused": 3}
    assert len(gigs_here()) == 2


def test_a_row_that_stands_in_a_list_twice_comes_in_once(hall):
    one = brought_in("Title\nPaint a door\nPaint a door\n", by=a_leader())
    assert one.counts() == {"created": 1, "unchanged": 1}


def test_gigs_may_come_in_as_drafts(hall):
    brought_in("Title\nPaint a door\n", by=a_leader(), as_drafts=True)
    assert gigs_here()[0].state == "draft"


def test_every_gig_has_its_fact(hall):
    brought_in(GIGS, by=a_leader())
    facts = db.session.scalars(select(Activity.verb).where(scoped(Activity), Activity.subject_kind == "gig")).all()
    assert facts == ["import", "import"]


def test_an_import_that_was_killed_goes_on_where_it_stopped(hall, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    leader, calls = a_leader(), []
    bring_in = jobs._BRING_IN["gigs"]

    def dies_at_the_second_batch(*args, **options):
        calls.append(1)
        bring_in(*args, **options)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setitem(jobs._BRING_IN, "gigs", dies_at_the_second_batch)
    text = "Title\n" + "".join(f"Paint door {number}\n" for number in range(5))
    with pytest.raises(KeyboardInterrupt):
        brought_in(text, by=leader)
    db.session.rollback()
    assert len(gigs_here()) == 2
    one = db.session.scalars(select(Import).where(scoped(Import))).one()
    jobs.bring_in.enqueue(import_id=one.id)
    run_jobs()
    assert one.counts() == {"created": 5}
    assert len(gigs_here()) == 5


def test_columns_stay_as_they_are_once_rows_come_in(hall):
    one = brought_in(GIGS, by=a_leader())
    with pytest.raises(AlreadyRunning):
        one.agree_columns({"title": 1}, {})


PEOPLE = """\
Name,E-mail,Headline,Town,Skills
Ana Reis,ana@example.org,Printer,Porto,"Letterpress, Binding"
Bo,bo@example,Setter,,
,nobody@example.org,,,
"""


def test_people_may_become_members_at_once(hall):
    one = brought_in(PEOPLE, kind="members", by=a_leader(), at_once=True)
    assert one.counts() == {"created": 1, "refused": 2}
    ana = db.session.scalars(select(Member).where(scoped(Member), Member.name == "Ana Reis")).one()
    profile = db.session.get_one(Profile, (hall.id, ana.id))
    assert (profile.headline, profile.place) == ("Printer", "Porto")
    assert db.session.scalars(select(User.email_verified_at).where(User.id == ana.user_id)).one() is None


def test_people_are_invited_otherwise_and_keep_what_the_list_said(hall, outbox):
    leader = a_leader()
    brought_in(PEOPLE, kind="members", by=leader)
    invitation = db.session.scalars(select(Invitation).where(scoped(Invitation))).one()
    assert (invitation.email, invitation.name) == ("ana@example.org", "Ana Reis")
    assert "invites you" in outbox.to("ana@example.org").subject
    ana = a_user("Ana Reis", email="ana@example.org")
    member = come_in(ana, door_for(ana, token=invitation.token, now=clock.now()), name="Ana", now=clock.now())
    assert db.session.get_one(Profile, (hall.id, member.id)).headline == "Printer"


def test_whoever_is_here_already_stays_as_they_are(hall):
    leader = a_leader()
    member = a_member("Ana Reis", user=a_user("Ana Reis", email="ana@example.org"))
    one = brought_in(PEOPLE, kind="members", by=leader, at_once=True)
    assert one.counts() == {"unchanged": 1, "refused": 2}
    welcome(member, db.session.get_one(User, member.user_id))
    assert db.session.get(Profile, (hall.id, member.id)) is None


def test_whoever_was_banned_does_not_come_in_by_a_list(hall):
    leader = a_leader()
    a_member("Ana Reis", user=a_user("Ana Reis", email="ana@example.org")).standing = "banned"
    one = brought_in(PEOPLE, kind="members", by=leader, at_once=True)
    assert "This person is banned." in [row.reason for row in one.rows("refused")]


def test_a_second_list_invites_nobody_twice(hall):
    leader = a_leader()
    brought_in(PEOPLE, kind="members", by=leader)
    assert brought_in(PEOPLE, kind="members", by=leader).counts() == {"unchanged": 1, "refused": 2}


@pytest.mark.skipif(not REAL.exists(), reason=f"the real list is not at {REAL}; GUILDHALL_SHARED says where it is")
def test_the_real_list_comes_in_whole(hall):
    for name in ("Interfaces", "Illustration", "Branding", "Writing"):
        a_category(name)
    one = Import.of_sheet(
        read_sheet(REAL.read_bytes()), kind="gigs", file_name=REAL.name, by=a_leader().id, now=clock.now()
    )
    one.agree_columns(one.mapping, {})
    start(one, by=one.started_by)
    run_jobs()
    assert one.counts() == {"created": 2470}
    kinds = db.session.execute(select(Gig.pay_kind, func.count()).where(scoped(Gig)).group_by(Gig.pay_kind)).all()
    assert dict(kinds) == {"fixed": 1008, "hourly": 1462}
    without = select(func.count()).select_from(Gig).where(scoped(Gig), Gig.category_id.is_(None))
    assert db.session.scalar(without) < 100
    assert db.session.scalar(select(func.count()).select_from(Gig).where(scoped(Gig), Gig.summary == "")) == 0
