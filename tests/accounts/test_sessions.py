"""A session belongs to one browser on one host, and ends at once when it should."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.accounts import identity, sessions
from app.accounts.agents import in_words
from app.accounts.models import HallSession, IdentitySession
from app.core import clock
from app.core.database import db
from app.factory import create_app
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.accounts.walking import DESIGNERS, HILLSIDE, ID, PLATFORM, Walker, page_name
from tests.factories import a_member

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def signed_in(walker, maya):
    """Maya's browser, signed in at `designers` and on the identity host."""
    walker.enter()
    walker.sign_in("maya@example.org")
    return walker


def is_in(walker, hall=DESIGNERS):
    """Whether the browser is a member's at a hall, without walking to the identity host."""
    return walker.get(f"{hall}/tribes").status_code == 200


def is_known(walker):
    """Whether the identity host knows the browser."""
    return walker.get(f"{ID}/").status_code == 200


def copy_of(walker, app):
    """Return another browser with the same cookies: stolen, or planted."""
    thief = Walker(app)
    for host in ("designers", "hillside", "id"):
        cookie = walker.client.get_cookie("guildhall", domain=f"{host}.localhost")
        if cookie is not None:
            thief.client.set_cookie("guildhall", cookie.value, domain=f"{host}.localhost")
    return thief


def test_a_cookie_planted_before_signing_in_is_worth_nothing_afterwards(walker, maya, app):
    """Session fixation: the attacker knows, or set, the cookies that the victim signs in with."""
    walker.enter()
    attacker = copy_of(walker, app)
    walker.sign_in("maya@example.org")
    assert is_in(walker)
    assert not is_in(attacker)
    assert not is_known(attacker)


def test_the_token_changes_at_every_sign_in(signed_in):
    before = [signed_in.cookie(host).value for host in (DESIGNERS, ID)]
    signed_in.post(f"{DESIGNERS}/departure")
    signed_in.post(f"{ID}/departure")
    signed_in.enter()
    signed_in.sign_in("maya@example.org")
    after = [signed_in.cookie(host).value for host in (DESIGNERS, ID)]
    assert not set(before) & set(after)


def test_the_token_of_a_form_changes_at_sign_in(walker, maya, app):
    walker.enter()
    with walker.client.session_transaction(base_url=ID) as cookie:
        before = cookie["csrf_token"]
    walker.sign_in("maya@example.org")
    with walker.client.session_transaction(base_url=ID) as cookie:
        assert cookie.get("csrf_token") != before


def test_cookies_belong_to_one_host_and_to_no_script(signed_in):
    set_cookies = [value for one in signed_in.seen for value in one.headers.getlist("Set-Cookie")]
    assert set_cookies
    for value in set_cookies:
        assert value.startswith("guildhall=")
        assert "HttpOnly" in value
        assert "SameSite=Lax" in value
        assert "Path=/" in value
        assert "Domain" not in value


def test_over_tls_the_cookie_is_a_host_cookie(settings, hall):
    secure = create_app(replace(settings, scheme="https", public_port=None))
    secure.config.update(TESTING=True, WTF_CSRF_ENABLED=True)
    with secure.app_context():
        answer = secure.test_client().get("/sign-in", base_url="https://id.localhost")
        db.engine.dispose()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-guildhall=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_only_the_digest_of_a_token_is_stored(signed_in):
    for host, model in ((DESIGNERS, HallSession), (ID, IdentitySession)):
        with signed_in.client.session_transaction(base_url=host) as cookie:
            token = cookie["_user_id"]
        rows = [vars(row) for row in db.session.scalars(select(model))]
        assert rows
        assert not any(token in str(row) for row in rows)


def test_a_token_of_one_host_is_nobodys_on_another(signed_in, other_hall, app):
    tokens = {}
    for host in (DESIGNERS, ID):
        with signed_in.client.session_transaction(base_url=host) as cookie:
            tokens[host] = cookie["_user_id"]
    for host, token in ((HILLSIDE, tokens[DESIGNERS]), (ID, tokens[DESIGNERS]), (DESIGNERS, tokens[ID])):
        thief = Walker(app)
        with thief.client.session_transaction(base_url=host) as cookie:
            cookie["_user_id"] = token
        assert not (is_known(thief) if host == ID else is_in(thief, host)), host


def test_signing_out_of_a_hall_leaves_the_identity_host_signed_in(signed_in):
    page = signed_in.follow(signed_in.post(f"{DESIGNERS}/departure"))
    assert page_name(page) == "You have left Designers"
    assert "maya@example.org" in page.text
    assert not is_in(signed_in)
    assert is_known(signed_in)


def test_a_cookie_kept_from_before_signing_out_is_worth_nothing(signed_in, app):
    kept = copy_of(signed_in, app)
    signed_in.post(f"{DESIGNERS}/departure")
    signed_in.post(f"{ID}/departure")
    assert not is_in(kept)
    assert not is_known(kept)


def test_signing_a_browser_out_ends_its_sessions_in_every_hall(signed_in, another_walker):
    another_walker.enter()
    another_walker.sign_in("maya@example.org")
    page = signed_in.follow(signed_in.post(f"{ID}/departure"))
    assert page_name(page) == "You are signed out"
    assert not is_in(signed_in)
    assert is_in(another_walker), "the other browser stays"


def test_signing_out_everywhere_ends_every_browser(signed_in, another_walker):
    another_walker.enter()
    another_walker.sign_in("maya@example.org")
    signed_in.post(f"{ID}/departure/everywhere")
    for walker in (signed_in, another_walker):
        assert not is_in(walker)
        assert not is_known(walker)


def test_signing_out_of_the_platform_ends_the_whole_browser(signed_in):
    signed_in.enter(PLATFORM)
    signed_in.post(f"{PLATFORM}/departure")
    assert not is_in(signed_in)
    assert not is_known(signed_in)


def test_a_person_sees_their_browsers_and_signs_one_out(signed_in, app):
    stolen = Walker(app)
    stolen.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    stolen.enter()
    stolen.sign_in("maya@example.org")
    page = signed_in.get(f"{ID}/")
    assert "Firefox on Linux" in page.text
    assert "This browser" in page.text
    handles = [row.handle for row in db.session.scalars(select(IdentitySession).order_by(IdentitySession.created_at))]
    signed_in.post(f"{ID}/sessions/{handles[-1]}/revocation")
    assert not is_in(stolen)
    assert not is_known(stolen)
    assert is_in(signed_in)
    assert "Firefox" not in signed_in.get(f"{ID}/").text


def test_nobody_signs_out_somebody_elses_browser(signed_in, another_walker, sam):
    another_walker.sign_in("sam@example.org")
    handle = db.session.scalars(select(IdentitySession).order_by(IdentitySession.created_at)).first().handle
    for made_up in (handle, "x", "a" * 24):
        assert another_walker.post(f"{ID}/sessions/{made_up}/revocation").status_code == 404
    assert is_known(signed_in)


def test_a_locked_out_persons_sessions_end_at_once_on_every_host(signed_in, maya):
    signed_in.enter(PLATFORM)
    maya.disable(why="spam", now=clock.now())
    db.session.commit()
    assert not is_in(signed_in)
    assert not is_known(signed_in)
    assert signed_in.get(f"{PLATFORM}/enter?onward=/x").location != "/x"
    assert page_name(signed_in.sign_in("maya@example.org")) == "This account is closed"


def test_sessions_that_ended_with_a_closed_account_stay_ended_when_it_opens(signed_in, maya):
    maya.disable(why="spam", now=clock.now())
    maya.enable(why="a mistake")
    db.session.commit()
    assert not is_in(signed_in)
    assert not is_known(signed_in)
    signed_in.sign_in("maya@example.org")
    assert is_known(signed_in)


def test_a_removed_members_sessions_end_at_once(signed_in, hall, maya):
    member_id = db.session.scalars(select(Member.id).where(scoped(Member))).one()
    sessions.revoke_all(member_id=member_id)
    db.session.commit()
    assert not is_in(signed_in)
    assert is_known(signed_in), "the person is still a person elsewhere"


@pytest.mark.parametrize("standing", ["left", "removed", "banned"])
def test_whoever_is_no_longer_a_member_acts_as_none(signed_in, hall, standing):
    db.session.execute(update(Member).where(scoped(Member)).values(standing=standing))
    db.session.commit()
    assert not is_in(signed_in)
    arrived = signed_in.enter(onward="/rules")
    assert arrived.request.path == "/join"


def test_an_identity_session_that_was_swept_away_counts_as_ended(signed_in):
    db.session.execute(IdentitySession.__table__.delete())
    db.session.commit()
    assert not is_in(signed_in)


def test_joining_makes_a_persons_sessions_the_members_at_once(walker, hall, sam):
    walker.enter()
    walker.sign_in("sam@example.org")
    assert not is_in(walker)
    with tenant_context(hall):
        a_member("Sam Hill", user=sam)
    assert is_in(walker)


def test_an_invitation_outlives_signing_in(walker, hall, maya):
    walker.get(f"{DESIGNERS}/invitations/some-token")
    walker.enter()
    walker.sign_in("maya@example.org")
    with walker.client.session_transaction(base_url=DESIGNERS) as cookie:
        assert cookie["invitation"] == "some-token"


def test_sessions_of_the_past_are_cleared_when_a_new_one_begins(signed_in, maya):
    with clock.travel(to=clock.now() + identity.LIFETIME * 2):
        signed_in.enter()
        signed_in.sign_in("maya@example.org")
        assert len(db.session.scalars(select(HallSession)).all()) == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("", "A browser"),
        ("<script>alert(1)</script>", "A browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent, words):
    assert in_words(agent) == words
