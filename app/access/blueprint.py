"""The pages about who may do what with a membership."""

from flask import Blueprint

blueprint = Blueprint("access", __name__, subdomain="hall")
