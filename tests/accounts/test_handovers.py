"""A sign-in travels between hosts by a code that is worth nothing to anybody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import session
from sqlalchemy import select

from app.accounts import handovers, identity
from app.accounts.handovers import ArrivalRefused
from app.accounts.models import HallSession, Handover, IdentitySession
from app.core import clock
from app.core.database import db
from app.core.tokens import digest
from app.factory import create_app
from tenants.context import tenant_context
from tenants.isolation import scoped
from tests.accounts.walking import DESIGNERS, HILLSIDE, ID, PLATFORM, page_name
from tests.app_fixtures import settings_for
from tests.factories import a_user

DAY = timedelta(days=1)


@pytest.fixture
def on_the_way(walker, maya):
    """A browser of Maya's that holds a code for `designers` and has not used it: the address that it was sent to."""
    walker.sign_in("maya@example.org")
    passage = walker.get(f"{DESIGNERS}/enter?onward=/rules").location
    return walker.get(passage).location


def is_member_of(walker, hall=DESIGNERS):
    return walker.get(f"{hall}/enter?onward=/rules").location == "/rules"


def test_the_code_works_once_in_its_own_browser(walker, on_the_way):
    assert on_the_way.startswith(f"{DESIGNERS}/arrive?code=")
    assert walker.get(on_the_way).location == "/rules"
    assert is_member_of(walker)


def test_a_code_used_twice_is_refused(walker, on_the_way):
    walker.get(on_the_way)
    answer = walker.get(on_the_way)
    assert answer.status_code == 403
    assert page_name(answer) == "Sign in again"


def test_a_code_replayed_in_another_browser_is_refused(another_walker, walker, on_the_way):
    walker.get(on_the_way)
    assert another_walker.get(on_the_way).status_code == 403
    assert not is_member_of(another_walker)


def test_a_code_from_another_browser_is_refused(another_walker, on_the_way):
    another_walker.get(f"{DESIGNERS}/enter")
    assert another_walker.get(on_the_way).status_code == 403
    assert not is_member_of(another_walker)


def test_a_code_that_somebody_else_tried_is_used_up(another_walker, walker, on_the_way):
    another_walker.get(on_the_way)
    assert walker.get(on_the_way).status_code == 403


def test_a_code_for_another_host_is_refused(walker, on_the_way, other_hall):
    walker.get(f"{HILLSIDE}/enter")
    elsewhere = on_the_way.replace("designers", "hillside")
    assert walker.get(elsewhere).status_code == 403
    assert not is_member_of(walker, HILLSIDE)


def test_a_code_for_a_hall_is_refused_by_the_platform(walker, on_the_way):
    walker.get(f"{PLATFORM}/enter")
    assert walker.get(on_the_way.replace("designers.", "")).status_code == 403


def test_a_code_expires_after_a_minute(walker, on_the_way):
    with clock.travel(to=clock.now() + timedelta(seconds=61)):
        assert walker.get(on_the_way).status_code == 403


def test_a_code_is_good_until_its_minute_is_over(walker, on_the_way):
    with clock.travel(to=clock.now() + timedelta(seconds=55)):
        assert walker.get(on_the_way).status_code == 302


def test_a_code_does_not_outlive_the_session_that_gave_it(walker, maya, on_the_way):
    identity.end_all(maya.id)
    db.session.commit()
    assert walker.get(on_the_way).status_code == 403


def test_a_code_is_refused_once_its_person_is_locked_out(walker, maya, on_the_way):
    maya.disable(why="spam", now=clock.now())
    db.session.commit()
    assert walker.get(on_the_way).status_code == 403


def test_of_many_who_use_a_code_at_once_one_arrives(fresh_database, tmp_path):
    application = create_app(settings_for(fresh_database, tmp_path))
    now = clock.now()
    with application.app_context():
        user = a_user("Maya Okafor")
        db.session.add(
            IdentitySession(token_hash="s", user_id=user.id, created_at=now, last_seen_at=now, expires_at=now + DAY)
        )
        db.session.flush()
        db.session.add(
            Handover(
                code_hash=digest("the code"),
                user_id=user.id,
                identity_session="s",
                host="designers.localhost",
                browser_hash=digest("the nonce"),
                onward="/",
                expires_at=now + DAY,
            )
        )
        db.session.commit()

    def arrive(_):
        with application.test_request_context(base_url=DESIGNERS):
            session["door"] = "the nonce"
            try:
                handovers.receive("the code", host="designers.localhost", now=now)
            except ArrivalRefused:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(8) as threads:
        arrived = list(threads.map(arrive, range(40)))
    with application.app_context():
        db.engine.dispose()
    assert arrived.count(True) == 1


@pytest.mark.parametrize("code", ["", "x", "%00", "a" * 5000, "' OR 1=1 --", "%F0%9F%97%9D"])
def test_a_made_up_code_is_refused(walker, hall, code):
    answer = walker.get(f"{DESIGNERS}/arrive?code={code}")
    assert answer.status_code == 403
    assert page_name(answer) == "Sign in again"


def test_the_code_is_kept_only_as_a_digest(on_the_way):
    code = parse_qs(urlsplit(on_the_way).query)["code"][0]
    kept = db.session.scalars(select(Handover)).one()
    assert code not in (kept.code_hash, kept.browser_hash)
    assert len(code) >= 43


def test_the_browsers_nonce_never_leaves_its_host(walker, hall):
    passage = walker.get(f"{DESIGNERS}/enter").location
    digest = parse_qs(urlsplit(passage).query)["browser"][0]
    with walker.client.session_transaction(base_url=DESIGNERS) as cookie:
        assert cookie["door"] != digest
        assert cookie["door"] not in passage


def test_two_tabs_that_set_out_at_once_both_arrive(walker, maya):
    walker.sign_in("maya@example.org")
    first = walker.get(walker.get(f"{DESIGNERS}/enter?onward=/rules").location).location
    second = walker.get(walker.get(f"{DESIGNERS}/enter?onward=/join").location).location
    assert walker.get(first).location == "/rules"
    assert walker.get(second).location == "/join"


def test_an_attacker_cannot_finish_a_sign_in_that_a_victim_began(walker, another_walker, maya, sam):
    """Login fixation: the attacker's own code, given to the victim's browser, does not sign the victim in as the attacker."""
    another_walker.sign_in("sam@example.org")
    attackers = another_walker.get(another_walker.get(f"{DESIGNERS}/enter").location).location
    walker.get(f"{DESIGNERS}/enter")
    assert walker.get(attackers).status_code == 403


def test_a_victim_sent_along_an_attackers_passage_gives_nothing_away(walker, another_walker, maya):
    """The attacker sets out, and has the victim, signed in, walk the rest: the code is for the attacker's browser, but the
    victim's got it, and uses it up."""
    walker.sign_in("maya@example.org")
    attackers_passage = another_walker.get(f"{DESIGNERS}/enter").location
    arrived = walker.follow(walker.get(attackers_passage))
    assert page_name(arrived) == "Sign in again"
    stolen = walker.seen[-1].request.url
    assert another_walker.get(stolen).status_code == 403


HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/%0d%0aSet-Cookie:%20guildhall=x",
    "/%0a/evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "http://hillside.localhost:8000/",
    "@evil.example",
    ".evil.example",
    "/%00",
    "evil",
]


@pytest.mark.parametrize("onward", HOSTILE)
def test_onward_leads_to_no_other_host_and_breaks_no_header(walker, maya, onward):
    walker.sign_in("maya@example.org")
    passage = walker.get(f"{DESIGNERS}/enter?onward={onward}")
    arrival = walker.get(passage.location)
    gone_on = walker.get(arrival.location)
    assert gone_on.location == "/"
    for response in (passage, arrival, gone_on):
        assert "evil" not in str(response.headers)
        assert "guildhall=x" not in str(response.headers)


@pytest.mark.parametrize("onward", HOSTILE)
def test_onward_is_checked_on_the_identity_host_too(walker, maya, onward):
    walker.sign_in("maya@example.org")
    passage = walker.get(f"{DESIGNERS}/enter").location.replace("onward=%2F", f"onward={onward}")
    arrival = walker.get(passage)
    assert urlsplit(arrival.location).netloc == "designers.localhost:8000"
    assert walker.get(arrival.location).location == "/"


@pytest.mark.parametrize(
    "named", ["evil.example", "https://evil.example", "../..", "designers.evil.example", "%00", "id"]
)
def test_a_passage_leads_only_to_halls_that_exist(walker, maya, named):
    walker.sign_in("maya@example.org")
    passage = walker.get(f"{DESIGNERS}/enter").location.replace("hall=designers", f"hall={named}")
    answer = walker.get(passage)
    assert answer.status_code == 404
    assert "Location" not in answer.headers


@pytest.mark.parametrize("browser", ["", "x", "g" * 64, "a" * 63, "A" * 64, "a" * 64 + "%0a"])
def test_a_passage_without_a_browsers_digest_leads_nowhere(walker, maya, browser):
    walker.sign_in("maya@example.org")
    assert walker.get(f"{ID}/passage?hall=designers&browser={browser}&onward=/").status_code == 422


def test_arriving_at_a_hall_without_membership_makes_nobody_a_member(walker, hall, sam):
    walker.enter()
    walker.sign_in("sam@example.org")
    with tenant_context(hall):
        begun = db.session.scalars(select(HallSession).where(scoped(HallSession))).one()
        assert begun.member_id is None
    answer = walker.get(f"{DESIGNERS}/tribes")
    assert answer.status_code == 302
    assert walker.follow(answer).request.path == "/join"
