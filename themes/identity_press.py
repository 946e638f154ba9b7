"""Draws one picture of a hall's identity as PNG, in a process of its own: `python -m themes.identity_press`, JSON on stdin.

Pillow and a canvas of some megabytes have no place in a web worker. Names are strangers' words, so the process has limits,
no database and no secrets, and it ends. It answers on stdout with the file.
"""

import json
import resource
import sys
from base64 import b64decode
from io import BytesIO

from PIL import Image

from themes.drawing.devices import marked_tile, tile
from themes.drawing.social import social

_MEMORY = 600_000_000
_SECONDS = 20


def main(asked: dict[str, str]) -> bytes:
    """Return the PNG that is asked for: `{"what": "social", "preset", "colour", "name", "tagline"}`, or a device's icon
    `{"what": "icon-192", "colour", "name"}`, with `mark` the logo's bytes in base 64 where there is one.
    """
    what = asked.pop("what")
    if what == "social":
        # Few colours and no dither: a third of the bytes, and nobody sees it.
        picture = social(**asked).quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    else:
        mark = asked.pop("mark", "")
        picture = marked_tile(what, b64decode(mark)) if mark else tile(what, **asked)
    picture.save(out := BytesIO(), "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    sys.stdout.buffer.write(main(json.load(sys.stdin)))
