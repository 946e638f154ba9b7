"""How much a request may carry. The numbers belong together, and each is told to the person in its place.

| what | at most | who says so |
|---|---|---|
| an address's question | 8 KiB | nobody: the rest is not read |
| a text field | its own `max` characters | the form, in place, with what was typed kept (`app.core.forms`) |
| a form without files | 12 MiB | the page for 413 |
| a form with files | 104 MiB, 12 MiB of it in fields | the page for 413 |
| a picture | 12 MB | the form (`app.core.pictures`) |
| an attachment | 10 MB | the form (`app.core.files`) |
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request

MEBIBYTE = 1024 * 1024

# Ten megabytes pasted into one field are still read, so that the form comes back and says what to mend. They are held in
# memory a few times over while they are read; more would let a handful of requests fill a small machine.
FIELDS = 12 * MEBIBYTE
# Files of a request go to disk as they arrive. Ten attachments at their largest fit.
EVERYTHING = 104 * MEBIBYTE
PARTS = 2_000
# Long enough for any search with all its filters; half a megabyte of signs takes seconds to be read several times over.
QUESTION = 8 * 1024

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def install(app: Flask) -> None:
    """Bound the bodies of requests, before anything reads one."""
    app.config.update(MAX_CONTENT_LENGTH=EVERYTHING, MAX_FORM_MEMORY_SIZE=FIELDS, MAX_FORM_PARTS=PARTS)
    app.before_request(_bound_a_form_without_files)


def bound_the_question(served: Wsgi) -> Wsgi:
    """Return a WSGI application that reads no more of an address's question than anybody asks."""

    def bounded(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if len(environ.get("QUERY_STRING", "")) > QUESTION:
            environ["QUERY_STRING"] = environ["QUERY_STRING"][:QUESTION]
        return served(environ, start_response)

    return bounded


def _bound_a_form_without_files() -> None:
    # The parser reads such a body whole, whatever MAX_FORM_MEMORY_SIZE says.
    if request.mimetype != "multipart/form-data":
        request.max_content_length = FIELDS
