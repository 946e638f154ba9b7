"""The local mailbox in the browser, in development: what would have been sent, so that every flow can be finished."""

import re

from flask import Blueprint, Response, make_response, render_template, request

from app.authorization import public
from app.core.config import config
from app.core.errors import NotFound
from app.core.forms import Form, Text
from app.core.mail import Kept, kept, kept_or_none

blueprint = Blueprint("mailbox", __name__, subdomain="platform", url_prefix="/mailbox", template_folder="templates")

# A mail may style itself, and show pictures of ours; it runs nothing and loads nothing from elsewhere.
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: cid:; frame-ancestors 'self'"
_SHOWN = 100


class Search(Form):
    to = Text("Sent to", max=254, attributes={"type": "search", "autocomplete": "off"})


@blueprint.before_request
def _only_in_development() -> None:
    if not config().development:
        raise NotFound


@blueprint.get("")
@public
def index() -> str:
    form = Search(request.args)
    form.validate()
    found = kept(to=form.to.data)
    return render_template("mailbox/index.html", form=form, messages=found[:_SHOWN], total=len(found))


@blueprint.get("/<key>")
@public
def show(key: str) -> str:
    return render_template("mailbox/show.html", message=_message_or_404(key))


@blueprint.get("/<key>/html")
@public
def html(key: str) -> Response:
    """Show the HTML part alone, for the frame around it."""
    response = make_response(_opening_links_outside(_message_or_404(key).html))
    response.headers["Content-Security-Policy"] = _MAIL_POLICY
    return response


def _message_or_404(key: str) -> Kept:
    message = kept_or_none(key)
    if message is None:
        raise NotFound("This message is not in the mailbox.")
    return message


def _opening_links_outside(html: str) -> str:
    base = '<base target="_top">'
    with_base, found = re.subn(r"<head[^>]*>", lambda head: head.group() + base, html, count=1)
    return with_base if found else base + html
