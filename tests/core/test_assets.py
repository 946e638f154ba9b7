"""Styles, scripts and icons: one bundle, addresses that name their content, kept for a year."""

import gzip
import re
from pathlib import Path

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from app.core.assets import Assets, UnknownAsset, compact, compact_script
from app.core.config import ROOT

STATIC = ROOT / "app" / "static"


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets(STATIC)


@pytest.fixture
def browser(assets: Assets) -> Client:
    return Client(assets.middleware(Response("the application")))


def test_a_file_is_kept_for_a_year_under_an_address_that_names_its_content(assets, browser):
    answer = browser.get(assets.url("hall.css"))
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_address_of_another_edition_serves_this_one_but_is_not_kept(browser):
    answer = browser.get("/assets/000000000000/hall.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_another_content_has_another_address(tmp_path: Path):
    for name, words in (("css/base.css", "a { color: red }"), ("js/main.js", "1"), ("js/menu.js", "2")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words)
    before = Assets(tmp_path)
    (tmp_path / "js/menu.js").write_text("3")
    after = Assets(tmp_path)
    assert before.url("hall.css") == after.url("hall.css")
    # A module that imports a changed one must be asked for again too.
    assert before.url("js/main.js") != after.url("js/main.js")


def test_what_is_compressed_is_the_same_and_only_for_those_who_ask(assets, browser):
    plain = browser.get(assets.url("hall.css"))
    squeezed = browser.get(assets.url("hall.css"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(squeezed.data) == plain.data


def test_nothing_outside_the_folder_is_served(browser):
    for path in ("/assets/x/../../wsgi.py", "/assets/x/css/base.css", "/assets/x/", "/assets/"):
        assert browser.get(path).status_code == 404


def test_every_other_path_is_the_application(browser):
    assert browser.get("/gigs").text == "the application"


def test_a_name_that_does_not_exist_is_an_error_at_once(assets):
    with pytest.raises(UnknownAsset):
        assets.url("hall.scss")


def test_a_compacted_sheet_keeps_its_strings_and_sums():
    assert compact('/* why */ a::after { content: " ;  : "; margin: calc(1px + 2px); }\n b > c { d: e; }') == (
        'a::after{content:" ;  : ";margin:calc(1px + 2px)}b>c{d:e}'
    )


def test_a_compacted_script_loses_only_what_nobody_runs():
    assert compact_script('// why\nimport a from "./a.js";\n\n  if (a) { // here\n    b("// no");\n  }\n') == (
        'import a from "./a.js";\nif (a) { // here\nb("// no");\n}\n'
    )
    for path in sorted((STATIC / "js").glob("*.js")):
        # A text over several lines would lose its spaces.
        assert all(line.count("`") % 2 == 0 for line in path.read_text().splitlines()), path.name


def test_every_text_of_a_script_is_in_the_list_that_is_translated(assets):
    listed = set(re.findall(r'_\("(.+?)"\)', (ROOT / "app" / "core" / "script_words.py").read_text()))
    said = set(re.findall(r'say\((?:[^"()]+\? )?"([^"]+)"', _all_scripts())) | set(
        re.findall(r'"({count} left)"', _all_scripts())
    )
    assert said == listed


def _all_scripts() -> str:
    scripts = sorted((STATIC / "js").glob("*.js"))
    return "".join(path.read_text() for path in scripts if path.name != "words.js")


def test_styles_and_scripts_stay_small(assets):
    styles = len(assets.named("hall.css").squeezed)
    scripts = sum(len(asset.squeezed) for asset in assets if asset.name.startswith("js/"))
    assert styles <= 30_000
    assert scripts <= 15_000
