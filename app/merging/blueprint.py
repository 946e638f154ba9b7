"""Where the pages of merging hang."""

from flask import Blueprint

blueprint = Blueprint("merging", __name__, subdomain="hall", template_folder="templates")
