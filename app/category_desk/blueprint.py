"""Where the pages of the desk hang."""

from flask import Blueprint

blueprint = Blueprint("category_desk", __name__, subdomain="hall", template_folder="templates")
