"""A real page of the marketplace in a look that is not saved."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace

from flask import current_app, request

from app.core.database import db
from app.core.languages import language, speaking
from app.looks.models import Appearance
from tenants.context import current_tenant, tenant_context
from tenants.models import Tenant
from tenants.versions import trial

_PAGES = {"front": "halls.front", "gigs": "gigs.index", "people": "people.index"}
_SCRIPTS = re.compile(r"<script\b[^>]*></script>")


def page_in(look: Appearance, page: str) -> str:
    """Return a page (a key of `PAGES`) as whoever is here would see it if `look` were saved.

    It is the page itself: the look is put on inside a transaction that is rolled back, and no cache keeps what comes of it.
    """
    hall, spoken = current_tenant(), language()
    known = {name: value for name, value in asdict(look).items() if hasattr(hall, name)}
    endpoint = _PAGES[page]
    with trial(), _asked_for(endpoint):
        look.put_on(db.session.get_one(Tenant, hall.id))
        db.session.flush()
        with tenant_context(replace(hall, **known)), speaking(spoken):
            answer = current_app.make_response(current_app.view_functions[endpoint]())
            return _only_to_look_at(answer.get_data(as_text=True))


@contextmanager
def _asked_for(endpoint: str) -> Iterator[None]:
    """Let the page believe that it was asked for itself: it builds links relative to its own place."""
    rule, request.url_rule = request.url_rule, next(current_app.url_map.iter_rules(endpoint))
    try:
        yield
    finally:
        request.url_rule = rule


def _only_to_look_at(page: str) -> str:
    """Return a page without scripts whose links and forms want another window: its frame may open none."""
    return _SCRIPTS.sub("", page).replace("<head>", '<head>\n<base target="_blank">', 1)
