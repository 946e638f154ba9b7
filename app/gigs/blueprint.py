"""Where every page about gigs hangs."""

from flask import Blueprint

blueprint = Blueprint("gigs", __name__, subdomain="hall")
