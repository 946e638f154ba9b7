"""Attachments: kept as they are, given back as a download only."""

import io

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from app.core import files
from app.core.errors import NotFound


def keep(content: bytes = b"<script>alert(1)</script>", name: str = "brief.html", tenant_id: int = 1) -> files.KeptFile:
    return files.keep(
        FileStorage(io.BytesIO(content), name, content_type="text/html"), tenant_id=tenant_id, owner="maya"
    )


def test_a_file_comes_back_as_a_download_that_no_browser_opens(app: Flask):
    kept = keep(name="C:\\docs\\Logo – final.html")
    assert (kept.name, kept.size, kept.content_type) == ("Logo – final.html", 25, "text/html")
    with app.test_request_context():
        response = files.respond(1, kept.digest, kept.name)
        response.direct_passthrough = False
        assert response.get_data() == b"<script>alert(1)</script>"
    assert response.mimetype == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "Logo%20%E2%80%93%20final.html" in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_name_cannot_break_out_of_its_header(app: Flask):
    kept = keep(name='a"\r\nSet-Cookie: x=1;\u202egnp.exe')
    assert "\n" not in kept.name
    assert "\u202e" not in kept.name
    with app.test_request_context():
        response = files.respond(1, kept.digest, kept.name)
    assert "Set-Cookie" not in response.headers


def test_a_file_belongs_to_its_tenant(app: Flask):
    kept = keep()
    with app.test_request_context(), pytest.raises(NotFound):
        files.respond(2, kept.digest, kept.name)
    files.forget(1, kept.digest)
    with app.test_request_context(), pytest.raises(NotFound):
        files.respond(1, kept.digest, kept.name)


@pytest.mark.parametrize("digest", ["../../secret-key", "", "A" * 32, "a" * 33])
def test_a_wrong_digest_is_not_found(app: Flask, digest: str):
    with app.test_request_context(), pytest.raises(NotFound):
        files.respond(1, digest, "x")


def test_a_heavy_file_is_refused(app: Flask):
    with pytest.raises(files.FileTooHeavy, match="at most 10 MB"):
        keep(b"x" * (files.BIGGEST + 1))
