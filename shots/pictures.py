"""The pictures that are kept in the repository: those of the platform's own front page, and the README's."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from app.core.config import ROOT
from shots.camera import SCHEMES, Camera
from shots.scenes import MEMBER, SCENES, Scene

SHOWN = ROOT / "app" / "static" / "pictures"
TOLD = ROOT / "docs" / "images"
_QUALITY = 74


@dataclass(frozen=True, slots=True)
class Kept:
    """One picture: of a scene in a window of a size, `scale` pixels of the file for each of the window's."""

    name: str
    scene: Scene
    folder: Path
    width: int
    height: int
    scale: float = 1
    schemes: tuple[str, ...] = SCHEMES


def _scene(name: str) -> Scene:
    return next(one for one in SCENES if one.name == name)


_NORTHWIND = Scene("northwind", "northwind", lambda _: "/gigs", MEMBER)
_HILLSIDE = Scene("hillside", "hillside", lambda _: "/gigs")
_DESK, _PHONE = (1200, 780), (390, 800)

KEPT = (
    Kept("designers", _scene("front"), SHOWN, *_DESK),
    Kept("designers-phone", _scene("gig"), SHOWN, *_PHONE, 1.25),
    Kept("hillside", _scene("front-hillside"), SHOWN, *_DESK),
    Kept("hillside-phone", _HILLSIDE, SHOWN, *_PHONE, 1.25),
    Kept("northwind", _scene("front-northwind"), SHOWN, *_DESK),
    Kept("northwind-phone", _NORTHWIND, SHOWN, *_PHONE, 1.25),
    Kept("front", _scene("front"), TOLD, 1280, 860),
    Kept("listing", _scene("listing"), TOLD, 1280, 860, schemes=("light",)),
    Kept("agreement", _scene("agreement"), TOLD, 1280, 860, schemes=("light",)),
    Kept("desk", _scene("desk-front"), TOLD, 1280, 860, schemes=("light",)),
)


def keep(camera: Camera) -> Iterator[Path]:
    """Take the repository's pictures anew, by day and by night; yield where each is."""
    for one in KEPT:
        one.folder.mkdir(parents=True, exist_ok=True)
        for scheme in one.schemes:
            file = one.folder / f"{one.name}-{scheme}.webp"
            with camera.page(one.scene, width=one.width, height=one.height, scheme=scheme, scale=one.scale) as page:
                taken = Image.open(io.BytesIO(page.screenshot()))
            taken.convert("RGB").save(file, "WEBP", quality=_QUALITY, method=6)
            yield file
