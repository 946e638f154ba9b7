"""Where the pages about leading a category hang."""

from flask import Blueprint

blueprint = Blueprint("leading", __name__, subdomain="hall", template_folder="templates")
