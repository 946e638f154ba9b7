"""What keeps other sites out. Sibling marketplaces are same-site, so SameSite cookies do not protect: every unsafe request
must come from this very origin and carry a token.
"""

from functools import cache, lru_cache

from flask import Flask, Response, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import URLSafeTimedSerializer

from app.core.config import config
from app.core.errors import Forbidden
from app.core.languages import lazy_gettext as _l

_CSRF = "csrf_token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
csrf = CSRFProtect()


class ForeignOrigin(Forbidden):
    message = _l("This form came from another site. Open the page here and try again.")


def install(app: Flask) -> None:
    """Check where unsafe requests come from, and send the protective headers with every answer."""
    app.before_request(_refuse_foreign_origin)
    csrf.init_app(app)
    app.after_request(_protect)


def form_token() -> str:
    """Return the token of this browser's forms: its session's own, signed. Signed once, since it never expires before it."""
    raw = session.get(_CSRF)
    if raw is None:
        generate_csrf()
        raw = session[_CSRF]
    return _signed(current_app.config["SECRET_KEY"], raw)


def renew_forms() -> None:
    """Let no form that this browser shows be good any longer: the next page has another token."""
    session.pop(_CSRF, None)
    g.pop(_CSRF, None)


@lru_cache(maxsize=4096)
def _signed(secret: str, raw: str) -> str:
    return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))


def accepts_any_origin(view: object) -> bool:
    """Whether a view was declared open to other origins: one-click unsubscribe and webhooks carry their own proof."""
    return bool(getattr(view, "any_origin", False))


def _refuse_foreign_origin() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in SAFE_METHODS or accepts_any_origin(view):
        return
    if not _comes_from_here():
        raise ForeignOrigin


def _comes_from_here() -> bool:
    """Return whether the browser says that a page of this very origin sent the request; each thing it says must agree."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin in (None, "null"):
        # A browser that withholds the origin must tell the site at least.
        return site == "same-origin"
    else:
        return origin == f"{config().scheme}://{request.host}" and site in (None, "same-origin")


def _protect(response: Response) -> Response:
    headers = response.headers
    settings = config()
    for name, value in _protective(settings.scheme, settings.authority, settings.payment_pages):
        if name not in headers:
            headers.add(name, value)
    headers.add("Vary", "Host")
    return response


@cache
def _protective(scheme: str, authority: str, payment_pages: str) -> tuple[tuple[str, str], ...]:
    """Return the headers that go with every answer which has none of its own of that name."""
    headers = (
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
        ("Content-Security-Policy", _content_policy(scheme, authority, payment_pages)),
    )
    secure = (("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),) if scheme == "https" else ()
    return headers + secure


def _content_policy(scheme: str, authority: str, payment_pages: str) -> str:
    # Nothing inline and nothing from elsewhere, so that a stored page needs no nonce to stay safe. Forms end on this
    # host, on the identity host, on a hall that hands a sign-in on, or where Stripe asks for money and papers.
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
        f"form-action 'self' {scheme}://{authority} {scheme}://*.{authority} {payment_pages}".rstrip()
    )
