"""What search engines may keep: nothing, except pages whose views say so."""

from flask import Flask, Response, g, request

_ROBOTS = "X-Robots-Tag"


def install(app: Flask) -> None:
    """Ask search engines with every answer to keep nothing, unless it may be found."""
    app.after_request(_say)


def be_found() -> None:
    """Let search engines keep the page that this request makes. With a question in its address it is a page narrowed down,
    and stays unfound.
    """
    g.may_be_found = True


def _say(response: Response) -> Response:
    if not (g.get("may_be_found") and response.status_code == 200 and not request.query_string):
        response.headers[_ROBOTS] = "noindex"
    return response
