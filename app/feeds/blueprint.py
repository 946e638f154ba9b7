"""Where everything that other programs read of a marketplace hangs."""

from flask import Blueprint

blueprint = Blueprint("feeds", __name__, subdomain="hall")
