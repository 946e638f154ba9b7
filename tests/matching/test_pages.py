"""The pages about matching: what suits a member and why, waving it away, taking no part; and the leader's weights."""

from app.core import clock
from app.core.database import db
from app.matching import people_for
from app.matching.models import MatchingWeights
from tests.factories import a_leader, a_member, a_published_gig
from tests.matching.test_matching import having


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_member_sees_what_suits_them_and_why_and_can_wave_it_away(hall, browser):
    sam = having(a_member("Sam Reyes"), held=["Gilding"])
    gig = a_published_gig(by=a_member(), title="Gild a sign", skills_needed=["Gilding"])
    client, path = browser(sam), "/for-you"

    page = read(client, path)
    assert "Gild a sign" in page
    assert "You know Gilding." in page
    assert "Why this?" in page
    assert page.count("<li class=") == page.count("</li>") - page.count("<li>")
    assert "Say how many hours a week you have" in page
    assert "You know Gilding." in read(client, f"/gigs/{gig.id}")
    assert "You know Gilding." in read(client, "/work")

    client.post(f"/gigs/{gig.id}/dismissal")
    page = read(client, path)
    assert "Nothing to suggest yet" in page
    assert "Suggest it again" in page
    client.post(f"/gigs/{gig.id}/reconsideration")
    assert "Suggest it again" not in read(client, path)


def test_whoever_takes_no_part_sees_nothing_and_is_suggested_to_nobody(hall, browser):
    sam = having(a_member("Sam Reyes"), held=["Gilding"])
    gig = a_published_gig(by=a_member(), title="Gild a sign", skills_needed=["Gilding"])
    client = browser(sam)

    client.post("/for-you/rest")
    page = read(client, "/for-you")
    assert "You take no part in matching" in page
    assert "Gild a sign" not in page
    assert people_for(gig, now=clock.now()) == []
    client.post("/for-you/return")
    assert "Gild a sign" in read(client, "/for-you")


def test_an_empty_page_says_which_words_in_the_profile_would_help(hall, browser):
    page = read(browser(a_member("Sam Reyes")), "/for-you")
    assert "Nothing to suggest yet" in page
    assert "/profile/skills" in page


def test_a_page_of_many_takes_the_same_statements_as_one_of_few(hall, browser, statements):
    maya, sam, counts = a_member(), having(a_member("Sam Reyes"), held=["Gilding"]), []
    client = browser(sam)
    for many in (2, 30):
        for number in range(many):
            a_published_gig(by=maya, title=f"Number {number}", skills_needed=["Gilding"])
        read(client, "/for-you")
        statements.clear()
        read(client, "/for-you")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 7, "\n\n".join(statements)


def test_a_leader_looks_at_what_weights_would_change_before_they_count(hall, browser):
    maya, ines = a_member(), a_leader()
    sam = having(a_member("Sam Reyes"), held=["Gilding"], wanted=["Etching"])
    a_published_gig(by=maya, title="Gild a sign", skills_needed=["Gilding"])
    a_published_gig(by=maya, title="Learn to etch", skills_gained=["Etching"])
    client = browser(ines)
    usual = {"held": 10, "wanted": 6, "interest": 3, "time": 3, "place": 3}
    usual |= {"language": 2, "field": 3, "known": 4, "fresh": 2, "fair": 2}
    changed = usual | {"held": 0}

    assert client.post("/desk/matching", data=changed | {"step": "preview", "whom": str(sam.id)}).status_code == 200
    page = client.post("/desk/matching", data=changed | {"step": "preview", "whom": str(sam.id)}).text
    assert "What would change" in page
    assert page.count("Gild a sign") == 1  # as it is now, and no longer then
    assert "gone" in page
    assert db.session.query(MatchingWeights).count() == 0
    gigs = client.post("/desk/matching", data=changed | {"step": "preview"}).text
    assert "Learn to etch" in gigs

    assert client.post("/desk/matching", data=changed | {"step": "save"}).status_code == 302
    assert "Gild a sign" not in read(browser(sam), "/for-you")
    assert client.post("/desk/matching", data=usual | {"held": 11, "step": "save"}).status_code == 422
    assert browser(sam).get("/desk/matching").status_code == 403


def test_every_member_can_read_the_weights(hall, browser):
    page = read(browser(a_member("Sam Reyes")), "/for-you/how")
    assert "Rare skills say more than common ones" in page
    assert "Take no part" in page
