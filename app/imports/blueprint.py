"""Where the pages of imports stand."""

from flask import Blueprint

blueprint = Blueprint("imports", __name__, subdomain="hall", url_prefix="/desk/imports", template_folder="templates")
