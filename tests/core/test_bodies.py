"""The bodies of requests."""

import io

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import encode_multipart

from app.core import bodies
from app.core.forms import Form, Text

TEN_MEGABYTES = "x" * 10_485_760


class Gig(Form):
    title = Text("Title", max=120)


@pytest.fixture
def site() -> FlaskClient:
    app = Flask(__name__)
    bodies.install(app)

    @app.post("/")
    def post() -> tuple[str, int]:
        form = Gig()
        return (str(len(request.files)), 200) if form.validate_on_submit() else (form.title.problem, 422)

    return app.test_client()


@pytest.mark.parametrize("files", [{}, {"papers": (io.BytesIO(b"x"), "a.txt")}])
def test_ten_megabytes_in_a_field_come_back_with_what_to_mend(site: FlaskClient, files: dict[str, object]):
    answer = site.post("/", data={"title": TEN_MEGABYTES, **files})
    assert answer.status_code == 422
    assert answer.text.startswith("This is 10,485,760 characters; at most 120 fit.")


def test_more_is_refused_unread(site: FlaskClient):
    assert site.post("/", data={"title": "x" * bodies.FIELDS}).status_code == 413
    assert with_files(site, title="x" * (bodies.FIELDS + 1)) == 413
    assert with_files(site, papers=(io.BytesIO(b"x" * bodies.EVERYTHING), "a.bin")) == 413
    assert with_files(site, **{f"paper-{number}": "" for number in range(bodies.PARTS + 1)}) == 413


def test_two_attachments_at_their_largest_fit(site: FlaskClient):
    papers = {f"papers-{n}": (io.BytesIO(b"x" * 10_000_000), "a.bin") for n in range(2)}
    assert site.post("/", data=papers).text == "2"


def with_files(site: FlaskClient, **data: object) -> int:
    # Encoded here: the test client would leave the temporary file of a refused body open.
    boundary, body = encode_multipart(data)
    return site.post("/", data=body, content_type=f"multipart/form-data; boundary={boundary}").status_code
