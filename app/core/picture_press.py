"""Re-encodes one picture, in a process of its own: `python -m app.core.picture_press FOLDER SIZE=EDGE…`, bytes on stdin.

A decoder is the likeliest way in for a hostile file, and a large picture takes more memory than a web worker may hold. So
this process has limits, no database and no secrets, and it ends. It writes FOLDER/SIZE.webp for each size and answers on
stdout with the width and height of the largest, or says in one word why not.
"""

import resource
import sys
import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

# Decoded, four bytes each. A JPEG may have more pixels: it is decoded at a fraction of its size.
MOST_PIXELS = 24_000_000
MOST_PIXELS_OF_A_JPEG = 100_000_000
_MEMORY = 1_000_000_000
_SECONDS = 20
_FORMATS = ("PNG", "JPEG", "WEBP")


def main(folder: Path, edges: dict[str, int]) -> str:
    """Write the sizes and return “WIDTH HEIGHT” of the largest, or `unreadable`, `toolarge` or `moving`."""
    try:
        with Image.open(BytesIO(sys.stdin.buffer.read()), formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > (MOST_PIXELS_OF_A_JPEG if picture.format in ("JPEG", "MPO") else MOST_PIXELS):
                return "toolarge"
            # A JPEG with several pictures is a phone's photo with a smaller one behind it: the first is meant.
            if picture.format != "MPO" and getattr(picture, "is_animated", False):
                return "moving"
            largest = max(edges.values())
            picture.draft("RGB", (largest, largest))
            if picture.size[0] * picture.size[1] > MOST_PIXELS:
                return "toolarge"
            upright = ImageOps.exif_transpose(picture)
            plain = _in_srgb(upright)
    except MemoryError:
        return "toolarge"
    except Exception:
        # Whatever a decoder stumbles over: it is not a picture that we can use.
        return "unreadable"
    shown = (0, 0)
    # From the largest down, each made from the one before: the whole picture is shrunk once.
    for name, edge in sorted(edges.items(), key=lambda size: size[1], reverse=True):
        plain.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
        plain.save(folder / f"{name}.webp", "WEBP", quality=82, method=4, exif=b"", icc_profile=b"")
        shown = max(shown, plain.size)
    return f"{shown[0]} {shown[1]}"


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture in sRGB, with its transparency, and without anything else that came along."""
    mode = "RGBA" if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA") else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            converted = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=mode
            )
            picture = converted or picture
        except ImageCms.PyCMSError:
            # A broken profile is left aside: the colours are a shade off, which is better than no picture.
            pass
    plain = picture.convert(mode)
    plain.info = {}
    return plain


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None
    chosen = dict(argument.split("=") for argument in sys.argv[2:])
    sys.stdout.write(main(Path(sys.argv[1]), {name: int(edge) for name, edge in chosen.items()}))
