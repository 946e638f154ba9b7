"""Reading a PDF of ours back: what is written on it, by the tables from glyphs to letters that it carries."""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", re.IGNORECASE)
_SAID = re.compile(rb"/F(\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
_ESCAPED = {b"\\\\": b"\\", b"\\(": b"(", b"\\)": b")", b"\\r": b"\r"}


def words_of(paper: bytes) -> str:
    """Return what is written in a document, in the order in which it was drawn."""
    assert paper.startswith(b"%PDF-")
    objects = dict(_OBJECT.findall(paper))
    faces = {number: _letters(objects, objects[face]) for number, face in re.findall(rb"/F(\d+) (\d+) 0 R", paper)}
    said, face = [], b""
    for page in _pages(objects):
        for number, words in _SAID.findall(page):
            face = number or face
            codes = re.sub(rb"\\[\\()r]", lambda found: _ESCAPED[found[0]], words)
            said.extend(faces[face].get(codes[at : at + 2], "") for at in range(0, len(codes), 2))
    return "".join(said)


def _pages(objects: dict[bytes, bytes]) -> list[bytes]:
    contents = [number for body in objects.values() for number in re.findall(rb"/Contents (\d+) 0 R", body)]
    return [zlib.decompress(_STREAM.search(objects[number])[1]) for number in contents]


def _letters(objects: dict[bytes, bytes], face: bytes) -> dict[bytes, str]:
    table = objects[re.search(rb"/ToUnicode (\d+) 0 R", face)[1]]
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for code, letters in _PAIR.findall(table)
    }
