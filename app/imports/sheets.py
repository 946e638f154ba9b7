"""A CSV file as people have it: any usual encoding and separator, a line of headings, rows of cells."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from app.core.errors import Invalid
from app.core.forms.cleaning import clean_line, clean_paragraphs
from app.core.languages import gettext as _
from app.core.wording import number

MOST_ROWS = 20_000
MOST_COLUMNS = 80
LONGEST_CELL = 20_000

_ENCODINGS = ("utf-8-sig", "cp1252")
_SEPARATORS = ",;\t|"
_SAMPLE = 8_000


class UnreadableSheet(Invalid):
    """The file is no list that we can read; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` are the headings, each `rows` entry has as many cells, in the order of the file."""

    columns: list[str]
    rows: list[list[str]]


def read_sheet(content: bytes) -> Sheet:
    """Return what a CSV file holds, every cell safe to keep. Empty rows are left out, short rows filled up.

    :raises UnreadableSheet: when it is no such file, has no rows, or more than we take.
    """
    lines = _lines(_decoded(content))
    columns = [
        heading or _("Column %(number)s", number=number) for number, heading in enumerate(next(lines, []), start=1)
    ]
    if not columns:
        raise UnreadableSheet(
            _("This file is empty. Its first line should name the columns, such as “Title, Pay, Skills”.")
        )
    elif len(columns) > MOST_COLUMNS:
        raise UnreadableSheet(
            _(
                "This file has %(columns)s columns; at most %(most_columns)s can be read.",
                columns=len(columns),
                most_columns=MOST_COLUMNS,
            )
        )
    rows = []
    for cells in lines:
        if any(cells):
            rows.append((cells + [""] * len(columns))[: len(columns)])
        if len(rows) > MOST_ROWS:
            raise UnreadableSheet(
                _("This file has more than %(most_rows)s rows. Bring it in parts.", most_rows=number(MOST_ROWS))
            )
    if not rows:
        raise UnreadableSheet(_("This file names its columns and has no rows below them."))
    return Sheet(columns, rows)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    elif b"\0" in content[:_SAMPLE]:
        raise UnreadableSheet(_("This is not a CSV file. In a spreadsheet program, choose “Save as” and then CSV."))
    else:
        text = next(filter(None, (_decoded_as(content, encoding) for encoding in _ENCODINGS)), "")
    return text.replace("\0", "")


def _decoded_as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _lines(text: str) -> Iterator[list[str]]:
    # csv looks at its limit with every field; a cell beyond ours is told by name below.
    csv.field_size_limit(10_000_000)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for row, cells in enumerate(reader, start=1):
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise UnreadableSheet(
                    _(
                        "A cell in row %(number)s has more than %(longest_cell)s characters.",
                        number=row,
                        longest_cell=number(LONGEST_CELL),
                    )
                )
            clean = clean_line if row == 1 else clean_paragraphs
            yield [clean(_without_guard(cell)).text for cell in cells]
    except csv.Error as problem:
        raise UnreadableSheet(
            _("Near row %(line_num)s this is not CSV: %(problem)s.", line_num=reader.line_num, problem=problem)
        ) from None


def _separator(text: str) -> str:
    """Return what stands between the headings: of the usual separators, the one found most often in the first line."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=first.count)


def _without_guard(cell: str) -> str:
    return cell[1:] if cell[:2] in ("'=", "'@", "'+", "'-") else cell
