"""create_app: configuration, database, tenancy, features, errors, in the order in which a request meets them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Request, Response
from flask_login import LoginManager
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import MapAdapter

import app.exposure.jobs
import app.metadata  # noqa: F401  (all models, so that any of them can be related)
from app import keeping, pages, remembering, surroundings
from app.access import noticing as access_noticing
from app.accounts import entrance, sessions
from app.alerts import noticing as alert_noticing
from app.core import bodies, figures, findable, health, languages, line, rounds, script_words, security, wording
from app.core.assets import Assets
from app.core.config import Config
from app.core.cookies import SignedCookies
from app.core.database import init_database
from app.core.templating import Templates
from app.exposure import noting
from app.gigs.searchable import GIGS
from app.mandates.acting import stand_in
from app.people.searchable import PEOPLE
from app.search import noticing
from tenants import isolation, requests, versions
from tenants import jobs as tenant_jobs
from tenants.context import tenant_id_or_none
from tenants.resolution import Sites

# Each has a `routes.py` with `blueprint` or `blueprints`, perhaps a `jobs.py` for the worker; its templates are addressed as
# `<feature>/….html`.
FEATURES = (
    "themes",
    "billing",
    "app.accounts",
    "app.joining",
    "app.profiles",
    "app.fields",
    "app.gigs",
    "app.fees",
    "app.applications",
    "app.commissions",
    "app.agreements",
    "app.credits",
    "app.payments",
    "app.projects",
    "app.merging",
    "app.reviews",
    "app.attestations",
    "app.powers",
    "app.vouching",
    "app.kudos",
    "app.certificates",
    "app.assisting",
    "app.endorsements",
    "app.badges",
    "app.people",
    "app.matching",
    "app.feeds",
    "app.climbing",
    "app.leading",
    "app.category_desk",
    "app.experts",
    "app.category_figures",
    "app.alerts",
    "app.suggestions",
    "app.messages",
    "app.moderation",
    "app.editorial",
    "app.halls",
    "app.openings",
    "app.notifications",
    "app.admin",
    "app.looks",
    "app.treasury",
    "app.memberships",
    "app.offers",
    "app.statements",
    "app.operating",
    "app.access",
    "app.plans",
    "app.imports",
    "app.departures",
    "app.media",
    "app.mailbox",
)

# Only where somebody develops.
WORKSHOP = ("app.styleguide",)

_APP = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Guildhall:
    """What the application carries along, at `app.extensions["guildhall"]`."""

    config: Config


class GuildhallApp(Flask):
    """Flask with routes kept apart by site: a blueprint's `subdomain` names its site, whatever the host is called."""

    sites: Sites
    #: How the paths begin whose pages may wait for somebody else's service: for the web server.
    waits_outside: tuple[bytes, ...] = ()
    jinja_environment = Templates

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session_interface = SignedCookies()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        # Nothing here is a coroutine; Flask would look again at every function of every request.
        return func

    def process_response(self, response: Response) -> Response:
        # Last, after the session has become a cookie.
        return remembering.remember(super().process_response(response))

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        if request is not None:
            return self.url_map.bind_to_environ(
                request.environ, server_name=request.host, subdomain=self.sites.at(request.host)
            )
        else:
            return super().create_url_adapter(request)


def create_app(config: Config | None = None, *, engine_options: dict[str, Any] | None = None) -> Flask:
    """Return the application for a configuration, by default the environment's.

    :raises UnsafeRole: when the database role could step around row-level security.
    """
    settings = config or Config.from_env()
    application = GuildhallApp("app", root_path=str(_APP), static_folder=None, template_folder=None)
    application.sites = Sites.of(settings)
    application.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    application.extensions["guildhall"] = Guildhall(settings)
    _configure(application, settings)
    init_database(application, settings.database_url, engine_options=engine_options)
    own_line = line.Line(settings.database_url, tenant_id_or_none)
    line.install(application, own_line)
    entrance.install(application, own_line)
    isolation.install()
    versions.install()
    noticing.install((GIGS, PEOPLE))
    alert_noticing.install()
    access_noticing.install()
    tenant_jobs.install(application)
    _refuse_unsafe_role(application)
    _serve(application, settings)
    return application


def _configure(application: Flask, settings: Config) -> None:
    secure = settings.scheme == "https"
    application.config.update(
        SECRET_KEY=settings.secret_key,
        # __Host- needs TLS; on http://*.localhost some browsers refuse Secure cookies.
        SESSION_COOKIE_NAME="__Host-guildhall" if secure else "guildhall",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_DOMAIN=False,
        PERMANENT_SESSION_LIFETIME=sessions.LIFETIME,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        # Our own check of the exact Origin is stricter than Flask-WTF's of the Referer.
        WTF_CSRF_SSL_STRICT=False,
        TRAP_HTTP_EXCEPTIONS=False,
    )


def _refuse_unsafe_role(application: Flask) -> None:
    from app.core.database import platform_connection

    with application.app_context(), platform_connection() as connection:
        isolation.refuse_unsafe_role(connection)


def _serve(application: Flask, settings: Config) -> None:
    bodies.install(application)
    requests.install(application, sessions.arrive)
    # Templates know the member instead (`app.surroundings`), also where the database cannot be asked who that is.
    login = LoginManager(application, add_context_processor=False)
    login.session_protection = None
    sessions.install(application, login, stand_in)
    security.install(application)
    findable.install(application)
    pages.install(application)
    keeping.install(application)
    surroundings.install(application)
    languages.install(application)
    wording.register(application)
    figures.register(application)
    script_words.install(application)
    noting.install(application)
    health.install(application, ("platform", "id", "hall"))
    _register_features(application, FEATURES + WORKSHOP if settings.development else FEATURES)
    application.waits_outside = rounds.outside(application.url_map.iter_rules(), application.view_functions)
    _stand_in_front(application, settings)


def _stand_in_front(application: Flask, settings: Config) -> None:
    """Put before Flask, from the inside out: pages that are remembered, what a trusted proxy says, files."""
    # Here and below, Flask's documented way to wrap itself; mypy sees a method being replaced.
    application.wsgi_app = remembering.RememberedPages(application, application.wsgi_app)  # type: ignore[method-assign]
    application.wsgi_app = bodies.bound_the_question(application.wsgi_app)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        application.wsgi_app = ProxyFix(application.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    assets = Assets(_APP / "static")
    application.wsgi_app = assets.middleware(application.wsgi_app)  # type: ignore[method-assign]
    application.jinja_env.globals.update(asset=assets.url)


def _register_features(application: Flask, features: tuple[str, ...]) -> None:
    loaders: dict[str, BaseLoader] = {}
    for feature in features:
        module = import_module(f"{feature}.routes")
        if find_spec(f"{feature}.jobs"):
            import_module(f"{feature}.jobs")
        blueprints: tuple[Blueprint, ...] = getattr(module, "blueprints", ()) or (module.blueprint,)
        for blueprint in blueprints:
            application.register_blueprint(blueprint)
        folder = Path(module.__file__ or "").parent / "templates"
        loaders[feature.rsplit(".", 1)[-1]] = FileSystemLoader(folder)
    application.jinja_loader = ChoiceLoader([FileSystemLoader(_APP / "templates"), PrefixLoader(loaders)])
