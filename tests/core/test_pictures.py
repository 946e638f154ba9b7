"""Pictures: re-encoded without what their camera noted, refused with words, kept apart by tenant."""

import io
import zlib
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageOps
from werkzeug.datastructures import FileStorage

from app.core import pictures
from app.core.errors import NotFound
from app.core.pictures import NotAPicture, PictureTooHeavy, PictureTooLarge


def encoded(width: int = 800, height: int = 400, kind: str = "JPEG", *, mode: str = "RGB", **options: Any) -> bytes:
    picture = Image.new(mode, (width, height), "white")
    picture.paste("black", (0, 0, width // 4, height // 4))
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "me.jpg") -> FileStorage:
    return FileStorage(io.BytesIO(content), name)


def keep(content: bytes, tenant_id: int = 1, owner: str = "maya") -> pictures.Picture:
    return pictures.keep(upload(content), tenant_id=tenant_id, owner=owner)


def shown(app: Flask, name: str, size: str = "large", tenant_id: int = 1) -> Image.Image:
    with app.test_request_context():
        response = pictures.respond(tenant_id, name, size)
        response.direct_passthrough = False
        picture = Image.open(io.BytesIO(response.get_data()))
        picture.load()
        return picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_in_three_sizes(app: Flask, kind: str):
    kept = keep(encoded(2000, 1000, kind))
    assert (kept.width, kept.height) == (1600, 800)
    assert shown(app, kept.name).format == "WEBP"
    assert [shown(app, kept.name, size).size for size in ("small", "medium", "large")] == [
        (160, 80),
        (640, 320),
        (1600, 800),
    ]


def test_a_small_picture_is_not_blown_up(app: Flask):
    assert keep(encoded(100, 50)).width == 100


def test_where_and_when_it_was_taken_is_gone_and_it_stands_upright(app: Flask):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    kept = keep(encoded(800, 400, exif=exif))
    assert (kept.width, kept.height) == (400, 800)
    picture = shown(app, kept.name)
    assert not picture.getexif()
    assert "exif" not in picture.info
    # The dark corner turned with it.
    assert picture.convert("L").getpixel((390, 10)) < 40
    assert ImageOps.exif_transpose(picture).size == picture.size


def test_transparency_is_kept_and_colours_of_other_models_are_turned(app: Flask):
    glass = io.BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 100)).save(glass, "PNG")
    assert shown(app, keep(glass.getvalue()).name).mode == "RGBA"
    for mode in ("L", "P", "1", "CMYK", "I;16"):
        kind = "JPEG" if mode == "CMYK" else "PNG"
        picture = Image.new(mode, (40, 40))
        out = io.BytesIO()
        picture.save(out, kind)
        assert shown(app, keep(out.getvalue()).name).mode in ("RGB", "RGBA")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\0" * 100,
        encoded()[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    ],
)
def test_what_is_no_picture_is_refused(app: Flask, content: bytes):
    with pytest.raises(NotAPicture):
        keep(content)


def test_other_formats_are_refused_whatever_they_are_called(app: Flask):
    for kind in ("GIF", "BMP", "TIFF", "ICO"):
        with pytest.raises(NotAPicture):
            keep(encoded(64, 64, kind))


def test_a_decompression_bomb_is_refused_before_it_goes_off(app: Flask):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    size = (50_000).to_bytes(4, "big")
    header = chunk(b"IHDR", size + size + bytes([8, 6, 0, 0, 0]))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000)) + chunk(b"IEND", b"")
    with pytest.raises(PictureTooLarge):
        keep(bomb)
    with pytest.raises(PictureTooLarge):
        keep(encoded(6000, 5000, "PNG"))


def test_a_large_photo_is_taken(app: Flask):
    kept = keep(encoded(8000, 6000))
    assert (kept.width, kept.height) == (1600, 1200)


def test_a_heavy_file_is_refused_unread(app: Flask):
    with pytest.raises(PictureTooHeavy, match="12 MB"):
        keep(b"\xff" * (pictures.BIGGEST + 1))


def test_a_picture_belongs_to_its_tenant_and_owner(app: Flask):
    mine, hers = keep(encoded()), keep(encoded(), owner="noor")
    assert mine.name != hers.name
    assert keep(encoded()) == mine
    with pytest.raises(NotFound):
        shown(app, mine.name, tenant_id=2)
    pictures.forget(1, mine.name)
    with pytest.raises(NotFound):
        shown(app, mine.name)
    assert shown(app, hers.name)


@pytest.mark.parametrize(
    ("name", "size"), [("../secret-key", "large"), ("a" * 32, "huge"), ("", "large"), ("a" * 31 + "\0", "small")]
)
def test_a_wrong_name_is_not_found(app: Flask, name: str, size: str):
    with pytest.raises(NotFound):
        shown(app, name, size)


def test_a_picture_may_be_kept_for_ever_but_in_this_browser_only(app: Flask):
    kept = keep(encoded())
    with app.test_request_context(headers={"If-None-Match": f'"{kept.name}-small"'}):
        response = pictures.respond(1, kept.name, "small")
        assert response.status_code == 304
        assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert pictures.path(kept.name, "small") == f"/pictures/{kept.name}-small.webp"


def test_a_page_is_told_each_size_once_with_its_real_width():
    wide, small = pictures.Picture("a" * 32, 1600, 800), pictures.Picture("b" * 32, 100, 150)
    assert [one.rpartition("-")[2] for one in pictures.srcset(wide).split(", ")] == [
        "small.webp 160w",
        "medium.webp 640w",
        "large.webp 1600w",
    ]
    assert pictures.srcset(small) == f"/pictures/{'b' * 32}-small.webp 100w"
    assert pictures.Picture.read(wide.written) == wide
    assert pictures.Picture.read(None) is None
