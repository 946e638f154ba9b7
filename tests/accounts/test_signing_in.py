"""The whole way in: from a hall to the identity host and back."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from app.accounts import passwords
from app.accounts.models import User
from app.core import clock
from app.core.database import db
from tenants.models import Member, Tenant
from tests.accounts.walking import DESIGNERS, ID, PLATFORM, code_for, mailed_to, page_name
from tests.factories import PASSWORD
from themes.stylesheet import stylesheet_url


def test_a_member_signs_in_by_password_and_goes_on_to_where_they_were_going(walker, maya):
    asked = walker.enter(onward="/rules")
    assert page_name(asked) == "Sign in"
    assert walker.here == ID
    arrived = walker.sign_in("maya@example.org")
    assert walker.here == DESIGNERS
    assert arrived.request.path == "/rules"


def test_the_address_is_the_same_in_whatever_case_it_is_typed(walker, maya):
    walker.enter()
    assert walker.sign_in(" MAYA@Example.org ").request.path == "/"
    assert walker.here == DESIGNERS


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(walker, maya):
    walker.enter()
    answer = walker.sign_in("maya@example.org", "not-letters-and-lanterns")
    assert answer.status_code == 422
    assert "do not go together" in answer.text
    assert 'value="maya@example.org"' in answer.text
    assert "not-letters-and-lanterns" not in answer.text


def test_an_empty_password_is_asked_for(walker, maya):
    answer = walker.sign_in("maya@example.org", "")
    assert answer.status_code == 422
    assert "Type your password" in answer.text


def test_a_member_signs_in_by_a_code(walker, maya):
    walker.enter(onward="/rules")
    asked = walker.follow(walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"}))
    assert page_name(asked) == "Look into your mail"
    arrived = walker.type_code(code_for("maya@example.org"))
    assert (walker.here, arrived.request.path) == (DESIGNERS, "/rules")


def test_a_code_may_be_typed_as_it_is_read(walker, maya):
    walker.enter()
    walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"})
    digits = code_for("maya@example.org")
    walker.type_code(f" {digits[:3]} {digits[3:]} ")
    assert walker.here == DESIGNERS


def test_a_newcomer_signs_up_and_ends_in_the_hall_they_came_from(walker, hall):
    asked = walker.follow(walker.get(f"{DESIGNERS}/enter?new=1"))
    assert page_name(asked) == "Create an account"
    walker.post(f"{ID}/sign-up", {"name": "Ana Ruiz", "email": "ana@example.org", "password": PASSWORD})
    assert User.with_email("ana@example.org") is None, "before the address is proven there is no account"
    arrived = walker.type_code(code_for("ana@example.org"))
    assert (walker.here, arrived.request.path) == (DESIGNERS, "/join")
    ana = User.with_email("ana@example.org")
    assert ana.name == "Ana Ruiz"
    assert ana.is_verified
    assert ana.has_password(PASSWORD)


def test_signing_up_without_a_password_is_enough(walker, hall):
    walker.follow(walker.get(f"{DESIGNERS}/enter?new=1"))
    walker.post(f"{ID}/sign-up", {"name": "Ana Ruiz", "email": "ana@example.org"})
    walker.type_code(code_for("ana@example.org"))
    assert User.with_email("ana@example.org").password_hash is None


def test_signing_up_for_an_address_that_has_an_account_signs_in_and_changes_nothing(walker, maya):
    walker.follow(walker.get(f"{DESIGNERS}/enter?new=1"))
    walker.post(f"{ID}/sign-up", {"name": "Mallory", "email": "maya@example.org", "password": "five other long words"})
    walker.type_code(code_for("maya@example.org"))
    assert walker.here == DESIGNERS
    assert (maya.name, maya.has_password(PASSWORD)) == ("Maya Okafor", True)


def test_a_password_set_before_the_address_was_proven_is_void(walker, hall, app):
    """Whoever prepares an account for somebody else's address does not keep a key to it."""
    db.session.add(User(email="ana@example.org", name="Ana", password_hash=passwords.hashed(PASSWORD)))
    db.session.commit()
    walker.enter()
    walker.post(f"{ID}/sign-in", {"email": "ana@example.org", "by": "code"})
    walker.type_code(code_for("ana@example.org"))
    ana = User.with_email("ana@example.org")
    assert ana.is_verified
    assert not ana.has_password(PASSWORD)


def test_a_password_does_not_do_for_an_address_that_nobody_proved(walker, sam):
    sam.email_verified_at = None
    db.session.commit()
    asked = walker.sign_in("sam@example.org")
    assert page_name(asked) == "Look into your mail"


def test_a_code_for_a_new_address_makes_an_account_that_is_asked_its_name(walker, hall):
    walker.enter()
    walker.post(f"{ID}/sign-in", {"email": "new@example.org", "by": "code"})
    asked = walker.type_code(code_for("new@example.org"))
    assert page_name(asked) == "Welcome"
    walker.follow(walker.post(f"{ID}/name", {"name": "Noor"}))
    assert walker.here == DESIGNERS
    assert User.with_email("new@example.org").name == "Noor"


def test_a_forgotten_password_is_chosen_anew_and_signs_every_other_browser_out(walker, another_walker, maya):
    another_walker.enter()
    another_walker.sign_in("maya@example.org")
    walker.enter(onward="/rules")
    walker.post(f"{ID}/password/forgotten", {"email": "maya@example.org"})
    asked = walker.type_code(code_for("maya@example.org"))
    assert page_name(asked) == "Choose a password"
    arrived = walker.follow(walker.post(f"{ID}/password", {"password": "a much better set of words"}))
    assert (walker.here, arrived.request.path) == (DESIGNERS, "/rules")
    assert maya.has_password("a much better set of words")
    assert page_name(another_walker.enter()) == "Sign in"
    assert mailed_to("maya@example.org")[0].subject == "Your password was set"


def test_a_password_is_set_only_by_who_proved_just_now_who_they_are(walker, maya):
    walker.sign_in("maya@example.org")
    with clock.travel(to=clock.now() + timedelta(minutes=20)):
        asked = walker.follow(walker.get(f"{ID}/password"))
        assert page_name(asked) == "A new password"
        walker.post(f"{ID}/password", {"password": "a much better set of words"})
    assert maya.has_password(PASSWORD)


def test_a_hash_made_with_older_parameters_is_made_anew_at_sign_in(walker, maya):
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    maya.password_hash = weak.hash(PASSWORD)
    db.session.commit()
    walker.sign_in("maya@example.org")
    assert not passwords.is_outdated(maya.password_hash)
    assert maya.has_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("too short", "at least 15 are needed"),
        ("designersdesigners", "easy to guess"),
        ("ana.ruiz@example.org", "easy to guess"),
        ("qwertyuiop123456", "easy to guess"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(walker, hall, password, said):
    walker.follow(walker.get(f"{DESIGNERS}/enter?new=1"))
    answer = walker.post(f"{ID}/sign-up", {"name": "Ana Ruiz", "email": "ana.ruiz@example.org", "password": password})
    assert answer.status_code == 422
    assert said in answer.text
    assert mailed_to("ana.ruiz@example.org") == []


def test_the_identity_host_wears_the_halls_theme_and_name(walker, hall):
    asked = walker.enter()
    assert hall.name in asked.text
    assert stylesheet_url(hall.preset, hall.brand_colour) in asked.text


def test_a_hall_that_does_not_exist_is_not_worn(walker, hall):
    asked = walker.get(f"{ID}/sign-in?hall=<b>evil</b>")
    assert asked.status_code == 200
    assert "evil" not in asked.text


def test_a_closed_hall_is_not_served(walker, hall, maya):
    walker.enter()
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(status="suspended"))
    db.session.commit()
    arrived = walker.sign_in("maya@example.org")
    assert walker.here == ID
    assert hall.name not in arrived.text


def test_whoever_is_signed_in_passes_through_without_being_asked(walker, maya):
    walker.enter()
    walker.sign_in("maya@example.org")
    walker.follow(walker.post(f"{DESIGNERS}/departure"))
    arrived = walker.enter(onward="/rules")
    assert (walker.here, arrived.request.path) == (DESIGNERS, "/rules")


def test_somebody_who_is_not_a_member_arrives_at_the_door(walker, hall, sam):
    walker.enter(onward="/rules")
    arrived = walker.sign_in("sam@example.org")
    assert arrived.request.path == "/join"
    assert "Sam Hill" in arrived.text


def test_the_platforms_own_host_learns_who_is_here_too(walker, app, sam):
    walker.enter(PLATFORM)
    walker.sign_in("sam@example.org")
    assert walker.here == PLATFORM
    walker.follow(walker.post(f"{PLATFORM}/departure"))
    assert page_name(walker.follow(walker.get(f"{ID}/"))) == "Sign in"


def test_every_page_of_the_identity_host_is_kept_by_nobody(walker, maya):
    for address in ("/", "/sign-in", "/sign-up", "/password/forgotten", "/departure"):
        assert walker.get(ID + address).headers["Cache-Control"] == "no-store", address
    walker.enter()
    walker.sign_in("maya@example.org")
    kept = [one.request.path for one in walker.seen[-3:] if one.headers.get("Cache-Control") != "no-store"]
    assert kept == ["/"], "the hall's front page alone is kept by its own rules"


def test_no_code_is_in_the_database(walker, maya):
    walker.enter()
    walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"})
    digits = code_for("maya@example.org")
    rows = db.session.execute(text("SELECT CAST(email_codes AS text) FROM email_codes")).scalars().all()
    jobs = db.session.execute(text("SELECT CAST(args AS text) FROM procrastinate_jobs")).scalars().all()
    assert len(rows) == 1
    assert not any(digits in row for row in [*rows, *jobs])


def test_the_way_in_costs_few_statements(walker, maya, statements):
    """Signed in or not, a page of the hall finds out in one statement who is here."""
    walker.enter()
    walker.sign_in("maya@example.org")
    walker.get(f"{DESIGNERS}/rules")
    statements.clear()
    walker.get(f"{DESIGNERS}/enter?onward=/")
    assert len([one for one in statements if "hall_sessions" in one]) == 1
    assert len(statements) == 1, "the tenant and the member at once"


def test_a_returning_member_is_known_as_seen_today(walker, maya):
    walker.enter()
    walker.sign_in("maya@example.org")
    later = clock.now() + timedelta(days=20)
    with clock.travel(to=later):
        walker.get(f"{DESIGNERS}/rules")
        assert db.session.scalars(select(Member.seen_on)).one() == later.date()
    with clock.travel(to=later + timedelta(days=20)):
        assert walker.get(f"{DESIGNERS}/enter?onward=/rules").location == "/rules", "in use, a session goes on"
