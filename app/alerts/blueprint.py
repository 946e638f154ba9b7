"""Where everything about alerts hangs."""

from flask import Blueprint

blueprint = Blueprint("alerts", __name__, subdomain="hall", template_folder="templates")
