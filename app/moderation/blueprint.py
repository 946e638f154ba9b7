"""The blueprint that the pages of moderation share."""

from flask import Blueprint

blueprint = Blueprint("moderation", __name__, subdomain="hall")
