"""Whatever is sent to a form about agreements: a page that keeps what was typed and says what to mend, never an error."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.core.database import db
from tenants.models import Member
from tests.factories import a_leader, a_member, a_published_gig, an_agreement, an_application

HOSTILE = {
    "missing": "",
    "blank": "  \u200b ",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "sql": "'; DROP TABLE agreements; --",
    "null bytes": "a\0b",
    "bidi": "abc\u202edef",
    "long": "x" * 20_000,
    "huge": "x" * 10_000_000,
    "surrogate": "\ud800",
    "digits": "١٢٣",
}
TERMS = ("title", "scope", "effort_minutes", "effort_span", "starts_on", "due_on", "place", "remote", "conditions")
#: For each form: who sends it, in which state, where to, and its fields.
FORMS = {
    "offer": ("author", None, "/applications/{application}/offers", (*TERMS, "note", "part0_title", "part0_due_on")),
    "refusal": ("author", None, "/applications/{application}/refusal", ("picked", "written")),
    "withdrawal": ("applicant", None, "/applications/{application}/withdrawal", ("reason",)),
    "counter": ("applicant", "proposed", "/agreements/{agreement}/counter-proposals", (*TERMS, "seen", "note")),
    "consent": ("applicant", "proposed", "/agreements/{agreement}/consent", ("seen",)),
    "pause": ("applicant", "active", "/agreements/{agreement}/pause", ("reason", "resume_on")),
    "delivery": ("applicant", "active", "/agreements/{agreement}/deliveries", ("note", "links", "milestone_id")),
    "changes": ("author", "delivered", "/agreements/{agreement}/change-requests", ("reason", "seen")),
    "acceptance": ("author", "delivered", "/agreements/{agreement}/acceptance", ("seen",)),
    "cancellation": ("author", "active", "/agreements/{agreement}/cancellation", ("reason",)),
    "dispute": ("author", "active", "/agreements/{agreement}/dispute", ("reason",)),
    "settlement": ("leader", "disputed", "/agreements/{agreement}/settlement", ("outcome", "reason")),
    "review": ("author", "accepted", "/agreements/{agreement}/reviews", ("rating", "text", "private_note")),
}


@pytest.mark.parametrize("name", FORMS)
def test_any_input_gets_a_page_that_helps(hall, browser, name):
    role, state, path, fields = FORMS[name]
    agreement = an_agreement(state=state) if state else None
    application = agreement.application if agreement else an_application()
    ids = {"agreement": agreement.id if agreement else None, "application": application.id}
    who = {"author": application.gig.author_id, "applicant": application.applicant_id}
    sender = browser(a_leader() if role == "leader" else _member(who[role]))
    url = path.format(**ids)

    for kind, value in HOSTILE.items():
        attempt = db.session.begin_nested()
        answer = sender.post(url, data={field: value.encode("utf-8", "surrogatepass") for field in fields})
        assert answer.status_code in (302, 409, 413, 422), f"{kind}: {answer.status_code}"
        assert "<script>alert(1)" not in answer.text
        if answer.status_code == 422:
            assert 'role="alert"' in answer.text
            assert len(answer.data) < 700_000
        if attempt.is_active:
            attempt.rollback()


@pytest.mark.parametrize("field", ["note", "answer0"])
def test_what_was_typed_is_kept_when_an_application_is_refused(hall, browser, field):
    gig = a_published_gig(by=a_member(), questions=["When?"])
    sam = browser(a_member("Sam Reyes"))
    sent = {"note": "I know these letters.", "answer0": "Next week."} | {field: ""}

    answer = sam.post(f"/gigs/{gig.id}/applications", data=sent)

    assert answer.status_code == 422
    assert all(value in answer.text for value in sent.values())


@pytest.mark.parametrize(
    "links",
    ["javascript:alert(1)", "ftp://example.org/x", "http://user:pw@example.org", "\n".join(["example.org"] * 11)],
)
def test_links_lead_to_the_web_and_are_not_too_many(hall, browser, links):
    agreement = an_agreement(state="active")
    worker = browser(_member(agreement.worker_id))

    answer = worker.post(f"/agreements/{agreement.id}/deliveries", data={"note": "Here.", "links": links})

    assert answer.status_code == 422


def test_a_file_that_is_too_heavy_is_refused_in_words(hall, browser):
    agreement = an_agreement(state="active")
    worker = browser(_member(agreement.worker_id))
    heavy = FileStorage(BytesIO(b"x" * 10_500_000), "heavy.psd", content_type="image/vnd.adobe.photoshop")
    # Encoded here: the test client would leave its temporary file open.
    boundary, body = encode_multipart({"note": "Here.", "files": heavy})

    answer = worker.post(
        f"/agreements/{agreement.id}/deliveries", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )

    assert answer.status_code == 422
    assert "heavy.psd" in answer.text
    assert "Here." in answer.text


@pytest.mark.parametrize("day", ["yesterday", "2020-01-01", "2999-01-01", "31/12/2026"])
def test_a_pause_ends_on_a_day_that_is_near_and_ahead(hall, browser, day):
    agreement = an_agreement(state="active")
    worker = browser(_member(agreement.worker_id))

    answer = worker.post(f"/agreements/{agreement.id}/pause", data={"reason": "Away.", "resume_on": day})

    assert answer.status_code == 422
    assert "Away." in answer.text


def _member(member_id):
    return db.session.query(Member).filter_by(id=member_id).one()
