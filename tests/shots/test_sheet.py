"""The contact sheet, and the pictures that are kept."""

import re

import pytest
from PIL import Image

from app.core.config import ROOT
from shots import sheet
from shots.camera import Shot
from shots.pictures import KEPT
from shots.scenes import COLOURS, SCENES
from themes.presets import PRESETS


@pytest.fixture
def taken(tmp_path):
    """Four pictures of two scenes: a phone's is tall, a desk's is wide."""
    found = []
    for scene, preset in (("front", "atelier"), ("platform", "")):
        for device, size in (("phone", (390, 4000)), ("desk", (1280, 900))):
            file = tmp_path / f"{scene}-{device}.png"
            Image.new("RGB", size, "#a3352c").save(file)
            found.append(Shot(scene, preset, device, "light", file))
    return found


def test_the_sheet_shows_every_picture_once(taken, tmp_path):
    page, picture = sheet.write(taken, tmp_path)
    html = page.read_text()
    assert re.findall(r'<a href="([^"]+)">', html) == [shot.file.name for shot in taken]
    assert "front, atelier" in html
    with Image.open(picture) as drawn:
        # A row of two pictures for each scene, side by side.
        assert 800 < drawn.width < 1000
        assert drawn.height < 500


def test_scenes_have_names_of_their_own_and_every_look_is_tried_on():
    assert len({scene.name for scene in SCENES}) == len(SCENES)
    assert set(COLOURS) == set(PRESETS)
    assert {scene.name for scene in SCENES if scene.wears_all} >= {"front", "listing"}


def test_kept_pictures_are_there_and_nothing_else_is():
    wanted = {one.folder / f"{one.name}-{scheme}.webp" for one in KEPT for scheme in one.schemes}
    there = {path for one in KEPT for path in one.folder.glob("*") if path.suffix in (".webp", ".png", ".jpg")}
    assert there == wanted


def test_the_readme_shows_pictures_that_are_there():
    shown = re.findall(r'(?:\]\(|src(?:set)?=")(docs/images/[^)"]+)', (ROOT / "README.md").read_text())
    assert len(shown) == 5
    assert all((ROOT / name).exists() for name in shown)
