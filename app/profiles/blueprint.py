"""Where the pages of one's own profile hang."""

from flask import Blueprint

blueprint = Blueprint("profiles", __name__, subdomain="hall", url_prefix="/profile")
