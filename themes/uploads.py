"""A logo and a cover that a leader brought: where they are kept, and how a page shows them."""

from dataclasses import dataclass

from app.core.pictures import Picture, Shelf, path, srcset

# Both stand on the hall's door, where everybody comes by. The sizes are those that the masthead and the front page show,
# and what a dense screen makes of them.
LOGOS = Shelf("logos", {"small": 192, "medium": 384, "large": 768}, is_public=True)
COVERS = Shelf("covers", {"small": 768, "medium": 1280, "large": 2000}, is_public=True)

# A logo about as wide as high is a mark, and can stand in a square. A word would be too small there.
_SQUARISH = 1.6

# The room for a logo in the masthead, in CSS pixels.
_LOGO_WIDTH, _LOGO_HEIGHT = 192, 44


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as `<img>` writes it down; `width` and `height` keep its place before it has come."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int

    @property
    def is_mark(self) -> bool:
        """Whether it is about as wide as it is high: a sign, beside which the name is written."""
        return self.width < _SQUARISH * self.height


def shown_logo(written: str | None) -> Shown | None:
    """Return the logo in the size in which the masthead shows it, or None where there is none."""
    picture = Picture.read(written)
    if picture is None:
        return None
    scale = min(_LOGO_WIDTH / picture.width, _LOGO_HEIGHT / picture.height, 1)
    width, height = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    return Shown(path(picture.name, "small", LOGOS), srcset(picture, LOGOS), f"{width}px", width, height)


def shown_cover(written: str | None) -> Shown | None:
    """Return the cover for the front page's opening, where it takes one half of a desk and the whole of a phone."""
    picture = Picture.read(written)
    if picture is None:
        return None
    sizes = "(min-width: 60rem) 50vw, 100vw"
    return Shown(path(picture.name, "medium", COVERS), srcset(picture, COVERS), sizes, picture.width, picture.height)


def mark_of(written: str | None) -> Picture | None:
    """Return the logo if it can stand in the square of an icon, or None: where there is none, or it is a word."""
    picture = Picture.read(written)
    if picture is None:
        return None
    longer, shorter = max(picture.width, picture.height), min(picture.width, picture.height)
    return picture if longer < _SQUARISH * shorter else None
