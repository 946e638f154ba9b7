"""Attachments of any kind: kept by digest outside anything served, given back as a download that no browser opens itself."""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

from flask import Response, send_file
from werkzeug.datastructures import FileStorage

from app.core.errors import Invalid, NotFound
from app.core.forms.cleaning import clean_line
from app.core.forms.uploads import file_name, file_size
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.store import key_for, store

BIGGEST = 10_000_000

_DIGEST = re.compile(r"[0-9a-f]{32}")


class FileTooHeavy(Invalid):
    message = _l("A file may be at most 10 MB.")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept: `digest` finds it again, `name` is what its owner called it and `content_type`
    what the browser took it for (believe neither), `size` is in bytes.
    """

    digest: str
    name: str
    content_type: str
    size: int


def keep(upload: FileStorage, *, tenant_id: int, owner: str) -> KeptFile:
    """Keep an upload as it is. `owner` is whose it is (an id): the same bytes of another person are another file.

    :raises FileTooHeavy: when it is more than 10 MB.
    """
    size = file_size(upload)
    if size > BIGGEST:
        raise FileTooHeavy
    content = upload.stream.read()
    digest = hashlib.sha256(f"{owner}\0".encode() + content).hexdigest()[:32]
    store().put(key_for("files", tenant_id, digest), content)
    return KeptFile(digest, file_name(upload), clean_line(upload.mimetype).text[:100], size)


def respond(tenant_id: int, digest: str, name: str) -> Response:
    """Return the answer that downloads an attachment. Whether the reader may have it is for the caller to ask first.

    :raises NotFound: when this tenant has no such file.
    """
    content = store().get(key_for("files", tenant_id, digest)) if _DIGEST.fullmatch(digest) else None
    if content is None:
        raise NotFound(_("This file is not here."))
    response = send_file(
        BytesIO(content), mimetype="application/octet-stream", as_attachment=True, download_name=name, etag=digest
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def forget(tenant_id: int, digest: str) -> None:
    """Remove an attachment."""
    store().delete(key_for("files", tenant_id, digest))
