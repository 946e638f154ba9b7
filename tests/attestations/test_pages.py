"""The pages of travelling reviews."""

from io import BytesIO

from app.attestations.queries import to_take
from app.core.database import db
from tenants.context import tenant_context
from tenants.models import Member
from tests.attestations.going import WORDS, naming
from tests.factories import a_member


def test_the_whole_way_in_a_browser(hall, other_hall, here, there, browser):
    member = db.session.get_one(Member, (hall.id, here.id))
    mine = browser(member)
    page = mine.get("/reviews/along").text
    assert "Sign and give me the file" in page
    (row,) = to_take(here.id)
    file = mine.post("/reviews/along", data={"reviews": [str(row.review_id)]})
    assert file.mimetype == "application/json"
    assert file.headers["Content-Disposition"] == 'attachment; filename="reviews-from-designers.json"'

    db.session.commit()
    with tenant_context(other_hall):
        member = db.session.get_one(Member, (other_hall.id, there.id))
        theirs = browser(member, host=other_hall.host)
    theirs.post("/reviews/elsewhere", data={"file": (BytesIO(file.data), "reviews.json")})
    page = theirs.get(f"/people/{there.id}").text
    assert WORDS in page
    assert "Reviews from elsewhere" in page


def test_a_wrong_file_is_told_at_the_field(hall, here, browser):
    mine = browser(db.session.get_one(Member, (hall.id, here.id)))
    answer = mine.post("/reviews/elsewhere", data={"file": (BytesIO(b"{}"), "reviews.json")})
    assert answer.status_code == 422
    assert "This is not a file of reviews from a marketplace." in answer.text


def test_nothing_chosen_is_told(hall, here, browser):
    answer = browser(db.session.get_one(Member, (hall.id, here.id))).post("/reviews/along", data={})
    assert answer.status_code == 422
    assert "Choose at least one review." in answer.text


def test_others_can_neither_withdraw_nor_answer(hall, here, browser):
    attestation = naming(here)
    attestation.ask_for_name(by=here)
    db.session.commit()
    stranger = browser(a_member("Sam Reyes"))
    for step in ("withdrawal", "consent", "refusal"):
        assert stranger.post(f"/attestations/{attestation.id}/{step}").status_code == 403
