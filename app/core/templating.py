"""Jinja as pages use it."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import Template


class Templates(Environment):
    """Flask's environment with its globals in a plain dictionary.

    Jinja lays a map of maps over them, so that one template may have globals of its own; none of ours has. Every page and
    every import in a template walks through it name by name, a tenth of a millisecond for a page.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  (Jinja's own name for it)
    ) -> Template:
        """Return a template. Each page asks for a dozen by name; where files do not change, they are found once."""
        if self.auto_reload or globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if not d else super().make_globals(d)
