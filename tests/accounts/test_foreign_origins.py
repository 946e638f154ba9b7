"""No other site, and no sibling marketplace, makes a browser do anything here: the sign-in form included."""

import re
from uuid import UUID

import pytest
from werkzeug.routing import AnyConverter, UUIDConverter

from app.core.security import accepts_any_origin
from tests.accounts.walking import DESIGNERS, HILLSIDE, ID, PLATFORM, page_name
from tests.factories import PASSWORD

SITES = {"hall": DESIGNERS, "id": ID, "platform": PLATFORM}

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": HILLSIDE},
    {"Origin": "https://id.localhost:8000"},
    {"Origin": "http://id.localhost"},
    {"Origin": "http://id.localhost:8001"},
    {"Origin": "http://id.localhost:8000.evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": None},
    {"Origin": None, "Sec-Fetch-Site": "same-site"},
    {"Origin": None, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "same-site"},
    {"Origin": ID, "Sec-Fetch-Site": "same-site"},
    {"Origin": ID, "Sec-Fetch-Site": "cross-site"},
    {"Origin": ID, "Sec-Fetch-Site": "none"},
]


@pytest.fixture
def with_tokens(app):
    """Forms carry their tokens, as in production."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def send(walker, host, path, headers, **data):
    """Send a form with exactly these of the headers that say where it came from."""
    given = {name: value for name, value in headers.items() if value is not None}
    # Past the helpers, which would add the origin of this host.
    return super(type(walker.client), walker.client).open(path, method="POST", base_url=host, data=data, headers=given)


def path_of(rule):
    """Return an address of a rule, its blanks filled with something that fits."""
    fillings = {
        name: next(iter(converter.items), "x")
        if isinstance(converter, AnyConverter)
        else converter.to_url(
            UUID("0190a0c0-0000-7000-8000-000000000000") if isinstance(converter, UUIDConverter) else "1"
        )
        for name, converter in rule._converters.items()
    }
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda blank: fillings[blank[1]], rule.rule)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_the_sign_in_form_is_taken_from_its_own_page_only(walker, maya, headers):
    """Login CSRF: another site must not sign a browser in, as anybody."""
    answer = send(walker, ID, "/sign-in", headers, email="maya@example.org", password=PASSWORD)
    assert answer.status_code == 403
    assert page_name(walker.follow(walker.get(f"{ID}/"))) == "Sign in"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ID},
        {"Origin": ID, "Sec-Fetch-Site": "same-origin"},
        {"Origin": None, "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    ],
    ids=str,
)
def test_its_own_page_may_send_it(walker, maya, headers):
    answer = send(walker, ID, "/sign-in", headers, email="maya@example.org", password=PASSWORD)
    assert answer.status_code == 302


def test_every_unsafe_route_refuses_other_origins(app, walker, maya):
    walker.enter()
    walker.sign_in("maya@example.org")
    taken = []
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or accepts_any_origin(app.view_functions[rule.endpoint]):
            continue
        for origin in (HILLSIDE, "https://evil.example", "null"):
            headers = {"Origin": origin, "Sec-Fetch-Site": "same-site"}
            answer = send(walker, SITES[rule.subdomain], path_of(rule), headers)
            if answer.status_code != 403:
                taken.append((rule.rule, origin, answer.status_code))
    assert taken == []


def test_the_sign_in_form_needs_its_token(walker, maya, with_tokens):
    answer = walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "password": PASSWORD})
    assert answer.status_code == 400
    page = walker.get(f"{ID}/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    good = walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "password": PASSWORD, "csrf_token": token})
    assert good.status_code == 302


def test_the_token_of_another_browser_is_refused(walker, another_walker, maya, with_tokens):
    page = another_walker.get(f"{ID}/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    walker.get(f"{ID}/sign-in")
    answer = walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "password": PASSWORD, "csrf_token": token})
    assert answer.status_code == 400


def test_every_form_at_the_doors_carries_a_token(walker, maya, with_tokens):
    for address in ("/sign-in", "/sign-up", "/password/forgotten"):
        page = walker.get(ID + address).text
        assert page.count("<form") == page.count('name="csrf_token"'), address
