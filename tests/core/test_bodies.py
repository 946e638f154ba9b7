"""The bodies of requests."""

import io

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

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


def test_ten_megabytes_in_a_field_come_back_with_what_to_mend(site: FlaskClient):
    for answer in (
        site.post("/", data={"title": TEN_MEGABYTES}),
        with_files(site, title=TEN_MEGABYTES, papers=a_file(b"x")),
    ):
        assert answer.status_code == 422
        assert answer.text.startswith("This is 10,485,760 characters; at most 120 fit.")


def test_more_is_refused_unread(site: FlaskClient):
    assert site.post("/", data={"title": "x" * bodies.FIELDS}).status_code == 413
    for more in (
        {"title": "x" * (bodies.FIELDS + 1)},
        {f"paper-{number}": "x" for number in range(bodies.PARTS + 1)},
    ):
        assert with_files(site, **more).status_code == 413


def test_a_body_that_says_it_is_larger_is_refused_unread(site: FlaskClient):
    announced = {"CONTENT_LENGTH": str(bodies.EVERYTHING + 1)}
    kind = "multipart/form-data; boundary=x"
    assert site.post("/", data=b"--x--", content_type=kind, environ_overrides=announced).status_code == 413


def test_attachments_at_their_largest_fit(site: FlaskClient):
    papers = {f"papers-{number}": a_file(b"x" * 10_000_000) for number in range(2)}
    assert with_files(site, **papers).text == "2"


def a_file(content: bytes) -> FileStorage:
    return FileStorage(io.BytesIO(content), "paper.bin", name="papers")


def with_files(site: FlaskClient, **data: object) -> TestResponse:
    # Encoded here: the test client would leave the temporary file of a large body open.
    boundary, body = encode_multipart(data)
    return site.post("/", data=body, content_type=f"multipart/form-data; boundary={boundary}")
