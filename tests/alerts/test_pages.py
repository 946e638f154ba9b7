"""The pages of alerts, the ways out of letters, and the private address for feed readers."""

import json
import re

import pytest

from app.alerts.models import Alert
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from tenants.isolation import scoped
from tests.alerts.arranging import an_alert
from tests.factories import a_member, a_published_gig

SAID = {"name": "Gold in Leeds", "pace": "weekly", "weekday": "4", "hour": "7", "channels": ["app", "email", "feed"]}
pytestmark = pytest.mark.usefixtures("outbox")


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def _alerts():
    return db.session.query(Alert).filter(scoped(Alert)).all()


def test_a_search_is_saved_from_the_listing_and_shown_in_words(hall, sam, browser):
    page = browser(sam)
    listing = page.get("/gigs?q=gilding&where=remote&sort=due").text
    address = re.search(r'href="(/alerts/new[^"]*)"', listing)[1].replace("&amp;", "&")
    assert address == "/alerts/new?q=gilding&where=remote"
    form = page.get(address).text
    assert 'value="“gilding” · Remote"' in form
    action = re.search(r'action="(/alerts\?[^"]*)"', form)[1].replace("&amp;", "&")
    answer = page.post(action, data=SAID)
    (alert,) = _alerts()
    assert (alert.search.q, alert.search.where, alert.pace, alert.weekday, alert.hour) == (
        "gilding",
        "remote",
        "weekly",
        4,
        7,
    )
    shown = page.get(answer.headers["Location"]).text
    assert "“gilding” · Remote" in shown
    assert "Once a week, on Friday at 07:00" in shown
    assert "Gold in Leeds" in page.get("/alerts").text
    # The same search once more leads to the alert that there is.
    assert page.get(address).headers["Location"] == answer.headers["Location"]


def test_a_member_has_twenty_alerts_at_most(hall, sam, browser):
    for number in range(20):
        an_alert(of=sam, q=f"word{number}")
    answer = browser(sam).post("/alerts?q=another", data=SAID)
    assert answer.status_code == 409
    assert "20 alerts" in answer.text


def test_an_alert_is_its_members_alone(hall, sam, browser):
    alert, other = an_alert(of=sam, q="gilding"), browser(a_member())
    for path in ("", "/edit"):
        assert other.get(f"/alerts/{alert.id}{path}").status_code == 403
    for path in ("", "/pause", "/renewal", "/end", "/feed"):
        assert other.post(f"/alerts/{alert.id}{path}", data=SAID).status_code == 403


def test_it_is_paused_resumed_changed_renewed_and_deleted(hall, sam, browser):
    alert, page = an_alert(of=sam, q="gilding"), browser(sam)
    a_published_gig(by=a_member(), title="Gilding a sign")
    run_due()
    assert "Gilding a sign" in page.get(f"/alerts/{alert.id}").text
    page.post(f"/alerts/{alert.id}/pause")
    assert _alerts()[0].state == "paused"
    page.post(f"/alerts/{alert.id}/resumption")
    assert _alerts()[0].is_on
    page.post(f"/alerts/{alert.id}", data=SAID | {"channels": ["app"]})
    assert (_alerts()[0].name, _alerts()[0].by_mail, _alerts()[0].next_at is None) == ("Gold in Leeds", False, False)
    _alerts()[0].expires_at = clock.now()
    assert "Renew it for a year" in page.get(f"/alerts/{alert.id}").text
    page.post(f"/alerts/{alert.id}/renewal")
    assert not _alerts()[0].has_ended(clock.now())
    page.post(f"/alerts/{alert.id}/end")
    assert _alerts() == []


def test_a_letter_is_stopped_with_one_post_signed_in_or_not(hall, sam, outbox, client):
    an_alert(of=sam, q="gilding")
    a_published_gig(by=a_member(), title="Gilding a sign")
    run_due()
    address = outbox.all[0].headers["List-Unsubscribe"].strip("<>").split("8000", 1)[-1]
    address = re.sub(r"^https?://[^/]+", "", address)
    assert client.get(address).status_code == 200
    assert _alerts()[0].by_mail
    elsewhere = {"Origin": "https://mail.example"}
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}, headers=elsewhere).status_code == 200
    assert not _alerts()[0].by_mail
    assert client.post(address[:-3] + "abc").status_code == 404


def test_a_feed_shows_what_its_member_may_see_until_its_address_is_reset(hall, sam, browser, client):
    maya = a_member()
    alert = an_alert(of=sam, q="gilding", place="Leeds")
    alert.open_feed()
    a_published_gig(by=maya, title="Gilding a sign", place="Leeds", audience="members")
    a_published_gig(by=maya, title="Gilding elsewhere", place="York")
    a_published_gig(by=sam, title="Gilding of my own", place="Leeds")
    run_due()
    token = alert.feed_token
    said = json.loads(client.get(f"/alerts/feed/{token}.json").data)
    assert [item["title"] for item in said["items"]] == ["Gilding a sign"]
    assert b"Gilding a sign" in client.get(f"/alerts/feed/{token}.atom").data
    browser(sam).post(f"/alerts/{alert.id}/feed")
    assert client.get(f"/alerts/feed/{token}.json").status_code == 404
    assert client.get(f"/alerts/feed/{_alerts()[0].feed_token}.json").status_code == 200
    sam.standing = "left"
    assert client.get(f"/alerts/feed/{_alerts()[0].feed_token}.json").status_code == 404
