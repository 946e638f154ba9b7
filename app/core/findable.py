"""What search engines may keep: nothing, except pages whose views say so."""

from flask import Flask, Response, g, request

_ROBOTS = "X-Robots-Tag"
# Addresses with questions are the same pages, narrowed down in countless ways, or hold what is nobody else's. What must not be
# kept says so itself, and can only say it to whoever may look.
OPEN_BUT_FOR_QUESTIONS = "User-agent: *\nDisallow: /*?\n"


def install(app: Flask) -> None:
    """Ask search engines with every answer to keep nothing, unless it may be found."""
    app.after_request(_say)
    # A hall's own is in its feature of feeds: it knows whom the hall is for.
    for site in ("platform", "id"):
        app.add_url_rule("/robots.txt", "findable.robots", robots, subdomain=site)


def robots() -> Response:
    """Return what the platform's and the identity host's pages ask of search engines (RFC 9309)."""
    return Response(OPEN_BUT_FOR_QUESTIONS, mimetype="text/plain")


# The floor knows nothing of who may do what.
vars(robots)["policy"] = "public"


def be_found() -> None:
    """Let search engines keep the page that this request makes. With a question in its address it is a page narrowed down,
    and stays unfound.
    """
    g.may_be_found = True


def _say(response: Response) -> Response:
    if not (g.get("may_be_found") and response.status_code == 200 and not request.query_string):
        response.headers[_ROBOTS] = "noindex"
    return response
