"""Files of macros are loaded once for everybody: what they say outside a macro stays in the language of whoever came first."""

from pathlib import Path

from flask import Flask
from jinja2 import nodes

from app.core.config import ROOT

SAY = {"_", "gettext", "ngettext", "pgettext", "npgettext"}


def test_no_file_of_macros_says_anything_outside_them(application: Flask):
    files = [file for folder in ("app", "themes") for file in (ROOT / folder).glob("**/templates/**/*.html")]
    assert len(files) > 100
    assert [str(file.relative_to(ROOT)) for file in files if _says_outside(application, file)] == []


def _says_outside(application: Flask, file: Path) -> bool:
    tree = application.jinja_env.parse(file.read_text())
    if tree.find(nodes.Macro) is None or tree.find(nodes.Extends) is not None:
        return False
    outside = [node for node in tree.body if isinstance(node, nodes.Assign | nodes.AssignBlock)]
    return any(
        isinstance(call.node, nodes.Name) and call.node.name in SAY
        for node in outside
        for call in node.find_all(nodes.Call)
    )
