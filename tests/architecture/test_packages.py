"""The layers know every package: a `layers` contract ignores what it does not name."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_STRIPE = re.compile(r"^\s*(import stripe\b|from stripe\b)", re.MULTILINE)


def test_every_package_of_app_is_a_layer():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    named = {name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")}
    modules = {
        f"app.{path.stem}"
        for path in (ROOT / "app").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }
    assert modules <= named, f"not in the layers: {sorted(modules - named)}"


def test_only_the_gateway_imports_stripes_library():
    files = [file for folder in ("app", "tenants", "billing", "themes") for file in (ROOT / folder).rglob("*.py")]
    speaking = {str(file.relative_to(ROOT)) for file in files if _STRIPE.search(file.read_text())}
    assert speaking == {"billing/gateway.py"}


def test_the_package_app_stays_empty():
    assert (ROOT / "app" / "__init__.py").read_text() == ""
