"""Fields for files from the person's device."""

from collections.abc import Collection
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.widgets import FileInput

from app.core.forms.base import Field, short
from app.core.forms.cleaning import clean_line
from app.core.languages import gettext as _

MEGABYTE = 1_000_000


class File(Field):
    """One uploaded file, as Werkzeug's `FileStorage` rewound to its beginning, or None.

    `biggest` is in bytes; `kinds` are the endings to offer and take (“.png”), none for any. An
    ending proves nothing: whoever opens the file checks what is in it.
    """

    shape = "FileField"
    widget = FileInput()

    def __init__(
        self,
        label: str,
        *args: Any,
        biggest: int = 10 * MEGABYTE,
        kinds: Collection[str] = (),
        **options: Any,
    ) -> None:
        attributes = dict(options.pop("attributes", None) or {})
        if kinds:
            attributes.setdefault("accept", ",".join(kinds))
        super().__init__(label, *args, attributes=attributes, **options)
        self.biggest, self.kinds = biggest, kinds

    def read(self, values: list[Any]) -> None:
        files = [value for value in values if isinstance(value, FileStorage) and value.filename]
        if files:
            self.data = self._accepted(files[0])
        elif any(isinstance(value, str) and value for value in values):
            raise ValueError(_("This takes a file; words were sent."))

    def missing_message(self) -> str:
        return self.missing or _("Please choose a file.")

    def _accepted(self, file: FileStorage) -> FileStorage:
        name = file_name(file)
        if self.kinds and not name.lower().endswith(tuple(self.kinds)):
            allowed = ", ".join(kind.removeprefix(".") for kind in self.kinds)
            raise ValueError(_("“%(name)s” is not one of these kinds: %(allowed)s.", name=short(name), allowed=allowed))
        size = file_size(file)
        if size == 0:
            raise ValueError(_("“%(name)s” is empty.", name=short(name)))
        elif size > self.biggest:
            raise ValueError(
                _(
                    "“%(name)s” is %(in_megabytes)s; at most %(in_megabytes_2)s.",
                    name=short(name),
                    in_megabytes=in_megabytes(size),
                    in_megabytes_2=in_megabytes(self.biggest),
                )
            )
        return file

    def _value(self) -> str:
        return ""


class Files(File):
    """Several uploaded files, as a list; `most` of them at once."""

    shape = "MultipleFileField"
    widget = FileInput(multiple=True)

    def __init__(self, label: str, *args: Any, most: int = 10, **options: Any) -> None:
        super().__init__(label, *args, **options)
        self.most = most
        self.empty = []

    def read(self, values: list[Any]) -> None:
        files = [value for value in values if isinstance(value, FileStorage) and value.filename]
        if len(files) > self.most:
            raise ValueError(
                _("These are %(files)s files; at most %(most)s at once.", files=len(files), most=self.most)
            )
        elif files:
            self.data = [self._accepted(file) for file in files]
        elif any(isinstance(value, str) and value for value in values):
            raise ValueError(_("This takes files; words were sent."))


def file_name(file: FileStorage) -> str:
    """Return an upload's name without any folder, safe to keep and to show."""
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return clean_line(name).text[:200] or "file"


def file_size(file: FileStorage) -> int:
    """Return an upload's size in bytes and leave it at its beginning."""
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size


def in_megabytes(size: int) -> str:
    """Return a size in words: “1.4 MB”, “120 KB”."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f}".removesuffix(".0") + " MB"
    return _("%(example)s KB", example=max(size // 1000, 1))
