"""The contact sheet: all pictures small on one page, as HTML to click through and as one PNG to look at."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from shots.camera import Shot

_THUMB = {"phone": 130, "desk": 280}
_TALLEST = 420
_GAP, _LINE = 14, 30
#: How many rows of pictures stand beside each other, and how many bits of each colour the sheet keeps.
_ABREAST, _BITS = 3, 5
_PAPER, _INK = "#8a8a86", "#111111"

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Guildhall: pictures</title>
<style>
body {{ margin: 2rem; font: 15px/1.4 system-ui, sans-serif; background: #8a8a86; color: #111 }}
h2 {{ margin: 2rem 0 .5rem }}
ul {{ display: flex; flex-wrap: wrap; gap: 14px; padding: 0; list-style: none }}
img {{ display: block; object-fit: cover; object-position: top; max-height: 420px }}
a {{ color: inherit }}
.phone img {{ width: 130px }} .desk img {{ width: 280px }}
</style>
<h1>Pictures of the main pages</h1>
{rows}
</html>
"""


def write(shots: Sequence[Shot], folder: Path) -> tuple[Path, Path]:
    """Write `index.html` and `sheet.png` of some pictures; return where they are."""
    page, picture = folder / "index.html", folder / "sheet.png"
    rows = list(_rows(shots))
    page.write_text(_PAGE.format(rows="\n".join(_as_html(title, row) for title, row in rows)))
    _as_picture(rows).save(picture, optimize=True)
    return page, picture


def _rows(shots: Sequence[Shot]) -> Iterable[tuple[str, list[Shot]]]:
    for (scene, preset), row in groupby(shots, key=lambda shot: (shot.scene, shot.preset)):
        yield f"{scene}, {preset}" if preset else scene, list(row)


def _as_html(title: str, row: list[Shot]) -> str:
    pictures = "".join(
        f'<li class="{shot.device}"><a href="{escape(shot.file.name)}"><img loading="lazy" src="{escape(shot.file.name)}" '
        f'alt="{shot.device}, {shot.scheme}"></a></li>'
        for shot in row
    )
    return f"<h2>{escape(title)}</h2><ul>{pictures}</ul>"


def _as_picture(rows: list[tuple[str, list[Shot]]]) -> Image.Image:
    drawn = [_as_strip(title, row) for title, row in rows]
    bands = [drawn[first : first + _ABREAST] for first in range(0, len(drawn), _ABREAST)]
    width = max(sum(one.width for one in band) for band in bands)
    sheet, y = Image.new("RGB", (width, sum(max(one.height for one in band) for band in bands)), _PAPER), 0
    for band in bands:
        x = 0
        for one in band:
            sheet.paste(one, (x, y))
            x += one.width
        y += max(one.height for one in band)
    return ImageOps.posterize(sheet, _BITS)


def _as_strip(title: str, row: list[Shot]) -> Image.Image:
    thumbs = [_thumb(shot) for shot in row]
    height = _LINE + max(one.height for one in thumbs) + 2 * _GAP
    strip, x = Image.new("RGB", (sum(one.width + _GAP for one in thumbs) + _GAP, height), _PAPER), _GAP
    ImageDraw.Draw(strip).text((_GAP, _GAP), title, fill=_INK, font=ImageFont.load_default(size=16))
    for one in thumbs:
        strip.paste(one, (x, _GAP + _LINE))
        x += one.width + _GAP
    return strip


def _thumb(shot: Shot) -> Image.Image:
    with Image.open(shot.file) as opened:
        width = _THUMB[shot.device]
        seen = opened.convert("RGB").crop((0, 0, opened.width, min(opened.height, _TALLEST * opened.width // width)))
        return seen.resize((width, round(seen.height * width / seen.width)), Image.Resampling.LANCZOS)
