"""The secrets in invitation links: derived from the row's id with the installation's key, so that a mail can be made again."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from uuid import UUID

from flask import current_app


def token_for(invitation_id: UUID) -> str:
    """Return the secret of one invitation, 43 characters."""
    key = str(current_app.secret_key).encode()
    digest = hmac.new(key, b"invitation:" + invitation_id.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def new_link_token() -> str:
    """Return a short random secret for a link that people pass on."""
    return secrets.token_urlsafe(12)
