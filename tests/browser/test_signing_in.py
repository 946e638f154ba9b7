"""Signing in as people do it: Chromium, real hosts, real cookies."""

import re
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.core.database import db
from app.factory import create_app
from tenants.context import tenant_context
from tests.app_fixtures import settings_for
from tests.factories import PASSWORD, a_hall, a_member, a_user

pytestmark = pytest.mark.browser


class Neighbourhood:
    """Two open marketplaces, and somebody who belongs to both."""

    def __init__(self, site):
        mark = uuid4().hex[:8]
        self.first, self.second, self.email = f"first-{mark}", f"second-{mark}", f"maya-{mark}@example.org"
        application = create_app(settings_for(site.database, site.var_dir))
        with application.app_context():
            user = a_user("Maya Okafor", email=self.email)
            user.choose_password(PASSWORD)
            db.session.commit()
            for slug, name in ((self.first, "The First Guild"), (self.second, "The Second Guild")):
                hall = a_hall(slug, name=name)
                with tenant_context(hall):
                    a_member("Maya Okafor", user=user)
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def neighbourhood(site):
    return Neighbourhood(site)


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_newcomer_comes_in_by_a_code_and_joins(site, person, neighbourhood, script):
    page = person(script=script, width=390)
    email = f"new-{uuid4().hex[:8]}@example.org"
    page.goto(site.url(neighbourhood.first, "/join"))
    page.get_by_role("link", name="Continue").click()
    page.get_by_label("Your name").fill("Noor Haddad")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(site.code_for(email))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(site.url(neighbourhood.first, "/join"))
    assert page.get_by_label("Your name here").input_value() == "Noor Haddad"
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(site.url(neighbourhood.first))


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_member_switches_and_neither_marketplace_is_told(site, person, neighbourhood, script):
    page = person(script=script)
    site.sign_in(page, neighbourhood.first, neighbourhood.email)
    page.goto(site.url(neighbourhood.first, "/tribes"))
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.get_by_role("link", name="The Second Guild").click()
    page.wait_for_url(site.url(neighbourhood.second))
    # The page that is left may still fetch its own icon from its own host.
    elsewhere = [request for request in asked if not request.url.startswith(site.url(neighbourhood.first))]
    assert len(elsewhere) > 3
    for request in elsewhere:
        told = request.url + str(request.all_headers())
        assert neighbourhood.first not in told, request.url


def test_each_host_has_one_cookie_of_its_own_that_scripts_cannot_read(site, person, neighbourhood):
    page = person()
    site.sign_in(page, neighbourhood.first, neighbourhood.email)
    cookies = page.context.cookies()
    assert {cookie["name"] for cookie in cookies} == {"guildhall"}
    assert sorted(cookie["domain"] for cookie in cookies) == sorted(
        ["id.localhost", f"{neighbourhood.first}.localhost"]
    )
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)
    assert page.evaluate("document.cookie") == ""


def test_a_sibling_marketplace_cannot_sign_a_browser_in_or_out(site, person, neighbourhood):
    page = person()
    site.sign_in(page, neighbourhood.first, neighbourhood.email)
    for host, path in (("id", "/sign-in"), ("id", "/departure/everywhere"), (neighbourhood.first, "/departure")):
        page.goto(site.url(neighbourhood.second))
        with page.expect_navigation():
            page.evaluate(
                """address => {
                    const form = document.createElement("form");
                    form.method = "post"; form.action = address;
                    document.body.append(form); form.submit();
                }""",
                site.url(host, path),
            )
        assert page.get_by_text("This form came from another site").is_visible()
    page.goto(site.url(neighbourhood.first, "/tribes"))
    assert page.url.endswith("/tribes")


def test_signing_out_of_the_browser_signs_out_of_every_marketplace(site, person, neighbourhood):
    page = person()
    site.sign_in(page, neighbourhood.first, neighbourhood.email)
    page.goto(site.url(neighbourhood.second, "/enter?onward=/tribes"))
    assert page.url == site.url(neighbourhood.second, "/tribes")
    page.locator(".menu--account summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out of this browser").click()
    assert page.get_by_role("heading", name="You are signed out").is_visible()
    page.goto(site.url(neighbourhood.first, "/tribes"))
    assert page.get_by_role("heading", name="Sign in").is_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_doors_are_open_to_everybody(site, person, neighbourhood, width, dark):
    page = person(width=width, dark=dark)
    page.goto(site.url(neighbourhood.first, "/enter"))
    seen = [check(page)]
    page.get_by_label("E-mail").fill("not an address")
    page.get_by_role("button", name="Sign in").click()
    seen.append(check(page))
    for path in ("/sign-up", "/password/forgotten", "/departure"):
        page.goto(site.url("id", path))
        seen.append(check(page))
    page.goto(site.url("id", "/sign-in"))
    page.get_by_label("E-mail").fill(neighbourhood.email)
    page.get_by_role("button", name="E-mail me a code").click()
    seen.append(check(page))
    page.get_by_label("Code").fill(site.code_for(neighbourhood.email))
    page.get_by_role("button", name="Continue").click()
    for host, path in ((neighbourhood.first, "/tribes"), ("id", "/"), ("id", "/name"), ("id", "/password")):
        page.goto(site.url(host, path))
        seen.append(check(page))
    page.goto(site.url(neighbourhood.second, "/arrive?code=made-up"))
    seen.append(check(page))
    assert [problem for problems in seen for problem in problems] == []


def check(page):
    """Return what is wrong with a page: axe's violations, and whether it scrolls sideways."""
    found = [f"{page.url}: {one['id']} {one['nodes'][0]['target']}" for one in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{page.url} scrolls sideways")
    return [re.sub(r":\d+", "", problem) for problem in found]
