"""One's own hours, the leaders' page, and what is said before a step."""

import csv

from app.core.database import db
from app.credits.reading import standing_of
from tests.app_fixtures import sign_in
from tests.credits.arranging import an_agreement_on_hours, the_rules
from tests.factories import a_leader, a_member


def test_a_member_reads_how_they_stand_and_what_came_and_went(client, hall):
    maya, sam = a_member(), a_member("Sam Reyes")
    an_agreement_on_hours(180, client=maya, worker=sam, state="accepted")
    an_agreement_on_hours(60, client=maya, worker=sam, state="active")
    sign_in(client, maya)
    page = client.get("/credits").text
    assert "−3\xa0h" in page
    assert "To Sam Reyes, for their work" in page
    assert "They stay yours until you accept the work" in page
    rows = list(csv.DictReader(client.get("/credits/statement.csv").text.splitlines()))
    assert [(row["what"], row["minutes"], row["balance"]) for row in rows] == [
        ("To Sam Reyes, for their work", "-180", "-180")
    ]
    assert "3\xa0h received" in client.get(f"/people/{maya.id}").text


def test_an_offer_that_cannot_be_kept_keeps_what_was_typed_and_changes_nothing(client, hall):
    the_rules(may_owe=60)
    maya, sam = a_member(), a_member("Sam Reyes")
    agreement = an_agreement_on_hours(60, client=maya, worker=sam)
    sign_in(client, sam)
    client.post(f"/agreements/{agreement.id}/counter-proposals", data={
        "seen": "1", "title": agreement.title, "credits_minutes": "1", "effort_span": "total", "conditions": "Rain or shine.",
    })  # fmt: skip
    sign_in(client, maya)
    answer = client.post(f"/agreements/{agreement.id}/counter-proposals", data={
        "seen": "2", "title": agreement.title, "credits_minutes": "5", "effort_span": "total", "conditions": "Only in May.",
    })  # fmt: skip
    assert answer.status_code == 409
    assert "can be given at the moment" in answer.text
    assert "Only in May." in answer.text
    db.session.expire_all()
    assert (agreement.round, agreement.credits_minutes) == (2, 60)


def test_leaders_settle_rules_and_put_accounts_right_without_reading_what_two_agreed(client, hall):
    maya, sam = a_member(), a_member("Sam Reyes")
    agreement = an_agreement_on_hours(180, client=maya, worker=sam, state="accepted")
    sign_in(client, a_leader())
    assert client.post("/desk/credits", data={"opening_minutes": "2", "may_owe_minutes": "10"}).status_code == 302
    page = client.get("/desk/credits?show=all").text
    assert "Sam Reyes" in page
    account = client.get(f"/desk/credits/{sam.id}").text
    assert "For work done" in account
    assert agreement.title not in account
    assert "Maya" not in account
    put = {"direction": "add", "minutes": "1:30", "reason": "The books of last year.", "key": str(maya.id)}
    for _ in range(2):
        assert client.post(f"/desk/credits/{sam.id}/corrections", data=put).status_code == 302
    assert standing_of(sam.id).balance == 270
    taken = client.post(
        f"/desk/credits/{sam.id}/corrections", data=put | {"direction": "take", "minutes": "99", "key": ""}
    )
    assert taken.status_code == 409
    assert "The books of last year." in taken.text


def test_members_see_neither_the_leaders_page_nor_others_hours(client, hall):
    maya, sam = a_member(), a_member("Sam Reyes")
    sign_in(client, sam)
    for path in ("/desk/credits", f"/desk/credits/{maya.id}"):
        assert client.get(path).status_code == 403


def test_a_worker_gives_hours_back_from_the_agreements_page(client, hall):
    maya, sam = a_member(), a_member("Sam Reyes")
    agreement = an_agreement_on_hours(180, client=maya, worker=sam, state="accepted")
    path = f"/agreements/{agreement.id}/hours/return"
    sign_in(client, maya)
    assert client.post(path, data={"minutes": "1", "reason": "x"}).status_code == 403
    sign_in(client, sam)
    assert path in client.get(f"/agreements/{agreement.id}").text
    assert client.post(path, data={"minutes": "9", "reason": "It broke."}).status_code == 422
    assert client.post(path, data={"minutes": "1", "reason": "It broke."}).status_code == 302
    assert "gave hours back" in client.get(f"/agreements/{agreement.id}").text
    assert client.get(path).status_code == 200
    assert standing_of(maya.id).balance == -120


def test_whoever_leaves_is_told_what_becomes_of_their_hours(client, hall):
    maya, sam = a_member(), a_member("Sam Reyes")
    an_agreement_on_hours(180, client=maya, worker=sam, state="reviewed")
    sign_in(client, sam)
    assert "3\xa0h on your account of time credits go to the marketplace." in client.get("/settings/departure").text
    assert client.post("/settings/departure", data={"sure": "y"}).status_code == 302
    db.session.expire_all()
    assert standing_of(sam.id).balance == 0
