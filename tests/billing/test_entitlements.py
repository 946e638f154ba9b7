"""What a plan has room for: never more, whoever comes at once, and nothing is lost of what waits."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import func, select, update

from app.accounts.models import User
from app.core import clock, pictures
from app.core.database import db
from app.core.store import key_for, store
from app.departures.departure import leave
from app.imports.jobs import start
from app.imports.models import Import
from app.imports.sheets import read_sheet
from app.joining.admission import admit
from app.joining.models import Invitation, JoinRequest
from app.joining.roles import give_roles
from app.joining.ways_in import ask_to_join, come_in, door_for, wait_for_room
from billing import entitlements, plans
from billing.entitlements import HallFull, StaffFull, StorageFull, room_appeared, usage
from tenants.context import current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.factories import a_leader, a_member, a_user, acting, run_jobs

pytestmark = pytest.mark.usefixtures("outbox")


def fill(to=100):
    """Let a marketplace have so many members."""
    more = to - usage().members
    db.session.add_all(Member(name=f"Member {number}") for number in range(more))
    db.session.commit()


def members():
    return db.session.scalar(select(func.count()).where(scoped(Member), Member.standing == "active"))


def comes(name, *, token=None):
    """Come to the door and go through it, or wait before it."""
    user, now = a_user(name), clock.now()
    door = door_for(user, token=token, now=now)
    try:
        return come_in(user, door, name=name, now=now)
    except HallFull:
        return wait_for_room(user, door, name=name, now=now)


def is_here(name):
    return bool(db.session.scalars(select(Member).where(scoped(Member), Member.name == name)).one_or_none())


@pytest.fixture
def larger(monkeypatch):
    """The free plan is suddenly as large as another."""

    def grow():
        monkeypatch.setattr(entitlements, "FREE", plans.HALL)
        room_appeared()
        db.session.commit()
        run_jobs()

    return grow


def test_whoever_comes_to_a_full_marketplace_waits_and_comes_in_by_themselves(hall, browser, outbox, larger):
    leader = a_leader()
    fill()
    sam = comes("Sam Hill")
    assert isinstance(sam, JoinRequest)
    assert door_for(a_user("Rosa Lind"), token=None, now=clock.now()).is_full
    run_jobs()
    assert outbox.to("ines-moreau@example.org").subject == "Sam Hill waits until there is room"
    page = browser(leader).get("/desk/requests").text
    assert "Your marketplace is full" in page
    assert "Waits for room" in page
    outbox.clear()
    larger()
    assert is_here("Sam Hill")
    assert "Welcome" in outbox.to("sam-hill@example.org").subject


def test_an_invitation_is_kept_with_its_role_though_it_ends_while_its_guest_waits(hall, larger):
    leader = a_leader()
    fill()
    invitation = Invitation.send("rosa@example.org", by=acting(leader), now=clock.now(), role="moderator")
    comes("Rosa Lind", token=invitation.token)
    invitation.expires_at = clock.now()
    larger()
    rosa = db.session.scalars(select(Member).where(scoped(Member), Member.name == "Rosa Lind")).one()
    assert "moderator" in acting(rosa).roles
    assert invitation.accepted_by == rosa.id


def test_who_waits_comes_in_when_somebody_leaves_in_the_order_of_coming(hall):
    a_leader()
    maya = a_member()
    fill()
    for name in ("Sam Hill", "Rosa Lind"):
        comes(name)
    leave(acting(maya), now=clock.now())
    db.session.commit()
    run_jobs()
    assert (members(), is_here("Sam Hill"), is_here("Rosa Lind")) == (100, True, False)


def test_a_request_to_join_waits_rather_than_being_refused(hall, browser):
    leader = a_leader()
    db.session.execute(update(Tenant).where(Tenant.id == tenant.id).values(who_may_join="approval"))
    sam, now = a_user("Sam Hill"), clock.now()
    request = ask_to_join(sam, door_for(sam, token=None, now=now), name="Sam Hill", answers=[], now=now)
    fill()
    page = browser(leader).post(f"/desk/requests/{request.id}/approval")
    assert page.status_code == 302
    db.session.refresh(request)
    assert (request.state, members()) == ("asked", 100)
    db.session.execute(update(Member).where(scoped(Member), Member.name == "Member 1").values(standing="removed"))
    browser(leader).post(f"/desk/requests/{request.id}/approval")
    assert is_here("Sam Hill")


def test_a_list_rests_where_there_is_no_room_and_goes_on_without_losing_a_row(hall, browser, larger):
    leader = a_leader()
    fill(98)
    text = "Name,E-mail\n" + "".join(f"Guest {number},guest{number}@example.org\n" for number in range(5))
    one = Import.of_sheet(read_sheet(text.encode()), kind="members", file_name="l.csv", by=leader.id, now=clock.now())
    one.agree_columns(one.mapping, {"at_once": True})
    start(one, by=leader.id)
    run_jobs()
    db.session.refresh(one)
    assert (one.state, one.counts(), members()) == ("resting", {"created": 2, "waiting": 3}, 100)
    assert "This list rests" in browser(leader).get(f"/desk/imports/{one.id}").text
    larger()
    db.session.refresh(one)
    assert (one.state, one.counts(), members()) == ("finished", {"created": 5}, 103)


def test_over_a_quota_everybody_stays_and_nobody_comes(hall):
    a_leader()
    fill(130)
    assert isinstance(comes("Sam Hill"), JoinRequest)
    room_appeared()
    run_jobs()
    assert (members(), is_here("Sam Hill")) == (130, False)


def test_staff_have_room_too_and_whoever_has_a_role_keeps_it(hall, browser):
    leader = a_leader()
    admins = [a_member(f"Admin {number}", roles=("admin",)) for number in range(3)]
    sam = a_member("Sam Hill")
    with pytest.raises(StaffFull):
        give_roles(sam, ["moderator"], by=acting(leader))
    page = browser(leader).post(f"/desk/members/{sam.id}/roles", data={"roles": ["moderator"]})
    assert page.status_code == 422
    assert "Your plan has no room" in page.text
    give_roles(admins[0], ["moderator"], by=acting(leader))


def test_bytes_are_counted_kept_out_when_there_is_no_room_and_let_go(hall, monkeypatch):
    small = replace(plans.FREE, quotas=replace(plans.FREE.quotas, storage=10))
    monkeypatch.setattr(entitlements, "FREE", small)
    first, second = (key_for("files", current_tenant_id(), digit * 32) for digit in "ab")
    store().put(first, b"12345678")
    store().put(first, b"12345678")
    assert usage().storage == 8
    with pytest.raises(StorageFull):
        store().put(second, b"123")
    assert store().get(second) is None
    store().delete(first)
    store().put(second, b"123")
    assert usage().storage == 3
    pictures.forget(current_tenant_id(), "c" * 32)


def test_two_never_take_the_last_place(at_once, busy_hall):
    a_leader()
    fill(98)
    people = [a_user(f"Person {number}").id for number in range(6)]

    def joins(user_id):
        return admit(db.session.get_one(User, user_id), name="Somebody").id

    answers = at_once(*(partial(joins, user_id) for user_id in people))
    refused = [answer for answer in answers if isinstance(answer, HallFull)]
    assert (len(refused), members()) == (4, 100)
