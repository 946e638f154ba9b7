"""`{% kept … %}`: parts of templates that are rendered once and then remembered (see `app.core.caching`)."""

from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, g
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from app.core.caching import Caches, caches
from app.core.languages import language
from app.core.security import form_token
from tenants import versions
from tenants.context import tenant_info_or_none

# Stands in remembered text for the token of whoever it is shown to. No text of anybody's can hold it: PostgreSQL keeps no
# null bytes.
_TOKEN = "\0token\0"


def install(app: Flask) -> None:
    """Let templates keep parts. A form's token never gets into one: it is filled in when the part is shown."""
    app.extensions["caches"] = Caches.of(app.extensions["guildhall"].config.caches)
    app.jinja_env.add_extension(Keeping)
    app.jinja_env.globals["csrf_token"] = _token
    app.context_processor(lambda: {"csrf_token": _token})


class Keeping(Extension):
    """`{% kept "foot", section_name %} … {% endkept %}`: a part of a layout

    The first word names it, the others are all that it depends on beyond the tenant, the version of the hall and the language.
    """

    tags = {"kept"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        words = [parser.parse_expression()]
        while parser.stream.skip_if("comma"):
            words.append(parser.parse_expression())
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_kept", words), [], [], body).set_lineno(line)

    def _kept(self, *depends_on: Hashable, caller: Callable[[], Markup]) -> Markup:
        hall = tenant_info_or_none()
        # What this very request has changed may still be undone: nobody else must see it.
        if hall is None or versions.changing():
            return caller()
        part = caches().layouts.kept((hall.id, language(), hall.versions.hall, *depends_on), _kept_by(caller))
        return Markup(part.replace(_TOKEN, form_token()) if _TOKEN in part else part)


def _kept_by(caller: Callable[[], Markup]) -> Callable[[], str]:
    def make() -> str:
        before, g.keeping = g.get("keeping", False), True
        try:
            return str(caller())
        finally:
            g.keeping = before

    return make


def _token() -> Any:
    return _TOKEN if g.get("keeping") else form_token()
