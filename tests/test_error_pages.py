"""What a page says when something went otherwise: in the marketplace's own look, what to do next, and nothing of the inside."""

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from werkzeug.exceptions import default_exceptions

from app.core.errors import Conflict, Forbidden, Gone, Invalid, NotFound, TooMany
from app.pages import error_page
from tests.factories import a_member, a_published_gig

HALL = "http://designers.localhost:8000"


@pytest.fixture
def failing(monkeypatch, application):
    """Let the page of settings fail in a way: `failing(error)`."""

    def fail(error):
        def view():
            raise error

        view.policy = "public"
        monkeypatch.setitem(application.view_functions, "halls.settings", view)
        # As in production: the error is answered, not handed to the test.
        monkeypatch.setitem(application.config, "PROPAGATE_EXCEPTIONS", False)

    return fail


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Forbidden("Not you."), 403),
        (NotFound("No such thing."), 404),
        (Conflict("Too late."), 409),
        (Gone("All gone."), 410),
        (Invalid("Not so."), 422),
        (TooMany("Too often."), 429),
    ],
)
@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "member"])
def test_a_refusal_says_why_and_where_to_go(hall, client, browser, failing, error, status, signed_in):
    failing(error)
    page = (browser(a_member()) if signed_in else client).get("/settings")
    assert page.status_code == status
    assert error.message in page.text
    assert hall.name in page.text
    assert ('class="dock"' in page.text) is signed_in
    assert 'href="/' in page.text.partition('class="actions"')[2]


@pytest.mark.parametrize("status", [400, 405, 413, 415, 422])
def test_what_the_web_server_refuses_is_a_page_too(hall, client, failing, status):
    failing(default_exceptions[status]())
    page = client.get("/settings")
    assert page.status_code == status
    assert hall.name in page.text
    assert "Go to the front page" in page.text


def test_waiting_is_said_in_words(hall, client, failing):
    failing(TooMany(retry_after=150))
    page = client.get("/settings")
    assert page.headers["Retry-After"] == "150"
    assert "Wait 3 minutes" in page.text


def test_the_page_before_is_offered_where_it_is_of_this_host(hall, client, failing):
    failing(Conflict())
    for before, offered in [
        (f"{HALL}/gigs?sort=due", True),
        ("http://elsewhere.example/gigs", False),
        (f"{HALL}/settings", False),
        ("javascript:alert(1)", False),
    ]:
        page = client.get("/settings", headers={"Referer": before}).text
        assert ("Back to the page before" in page) is offered
        assert "elsewhere" not in page
        assert "alert" not in page


def test_a_missing_page_offers_the_search_to_whoever_may_see(hall, client):
    page = client.get("/no/such/page").text
    assert 'action="/search"' in page.partition("<main")[2]


def test_a_crash_has_a_number_in_the_log_and_tells_nothing(hall, browser, failing):
    a_published_gig(by=a_member("Orla Finch"))
    failing(RuntimeError("the secret of the house"))
    with capture_logs() as logs:
        page = browser(a_member()).get("/settings")
    assert page.status_code == 500
    (crash,) = [entry for entry in logs if entry["event"] == "crash"]
    assert crash["number"] in page.text
    assert hall.name in page.text
    for inside in ("secret of the house", "RuntimeError", "Traceback"):
        assert inside not in page.text


def test_a_page_comes_also_when_the_database_is_gone(hall, client, application, monkeypatch):
    def refuse(*_):
        raise psycopg.OperationalError("connection refused at 10.0.0.7")

    monkeypatch.setattr(application.extensions["entrance"].lookup, "row", refuse)
    monkeypatch.setitem(application.config, "PROPAGATE_EXCEPTIONS", False)
    page = client.get("/")
    assert page.status_code == 500
    assert "Something broke on our side" in page.text
    assert "10.0.0.7" not in page.text


def test_a_member_gets_the_hall_s_own_page_when_the_database_goes_meanwhile(hall, browser, failing):
    failing(OperationalError("SELECT", {}, psycopg.OperationalError("gone")))
    page = browser(a_member()).get("/settings")
    assert page.status_code == 500
    assert hall.name in page.text


def test_a_page_comes_even_when_its_layout_breaks(hall, client, failing, monkeypatch):
    failing(RuntimeError("first"))
    monkeypatch.setattr("app.pages.render_template", lambda *_, **__: 1 / 0)
    page = client.get("/settings")
    assert page.status_code == 500
    assert "Guildhall" in page.text
    assert "Something broke on our side" in page.text


@pytest.mark.parametrize("host", ["localhost", "id.localhost"])
def test_on_the_platform_and_at_the_door_it_is_guildhall_s_own(app, browser, host):
    page = browser(host=host).get("/no/such/page")
    assert page.status_code == 404
    assert "crest--guildhall" in page.text
    assert 'href="/"' in page.text


def test_an_address_of_nobody_leads_to_the_platform(app, browser):
    page = browser(host="nobody.localhost").get("/gigs")
    assert page.status_code == 404
    assert "There is no marketplace at this address" in page.text
    assert 'href="http://localhost:8000/"' in page.text.partition('class="actions"')[2]


def test_every_status_has_words_of_its_own(hall, app):
    said = set()
    with app.test_request_context(base_url=HALL):
        for status in (400, 403, 404, 405, 409, 410, 413, 422, 429, 500):
            page = error_page(status)
            said.add(page.partition("<h1>")[2].partition("</h1>")[0])
    assert len(said) == 10
