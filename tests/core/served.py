"""A small application for the tests of the web worker: it says who answers in which round, waits, and sends much."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

from app.core import rounds


class Served:
    """The application, with a path that waits for others."""

    waits_outside = (b"/hold",)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer by the path's name."""
        pieces = _ANSWERS[environ["PATH_INFO"]](environ)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(sum(map(len, pieces))))])
        if environ["PATH_INFO"] == "/broken":
            return _failing(pieces)
        return _Tidying(pieces) if environ["PATH_INFO"] == "/tidying" else pieces


class _Tidying:
    """An answer that has something to do when it is closed, and takes long over it."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        """Wait for a while, or until somebody says that the answer has come."""
        _tidied.append(_received.wait(10))
        _received.clear()


LARGE = bytes(range(256)) * 40_000
_numbers = count(1)
_released = threading.Event()
_received = threading.Event()
_tidied: list[bool] = []


app = Served()


def _round(_environ: dict[str, Any]) -> list[bytes]:
    shared = rounds.shared()
    return [b"none" if shared is None else b"%d" % shared.setdefault("number", next(_numbers))]


def _busy(_environ: dict[str, Any]) -> list[bytes]:
    time.sleep(0.5)
    return [b"done"]


def _hold(environ: dict[str, Any]) -> list[bytes]:
    environ["wsgi.input"].read()
    try:
        return [b"released" if _released.wait(20) else b"forgotten"]
    finally:
        _released.clear()


def _release(_environ: dict[str, Any]) -> list[bytes]:
    _released.set()
    return [b"done"]


def _receive(environ: dict[str, Any]) -> list[bytes]:
    environ["wsgi.input"].read()
    _received.set()
    return [b"done"]


def _was_received(_environ: dict[str, Any]) -> list[bytes]:
    return [b"%d" % _tidied.pop()]


def _failing(pieces: list[bytes]) -> Iterable[bytes]:
    yield from pieces[:-1]
    raise RuntimeError("half an answer")


_ANSWERS: dict[str, Callable[[dict[str, Any]], list[bytes]]] = {
    "/hello": lambda _environ: [b"hello"],
    "/process": lambda _environ: [b"%d" % os.getpid()],
    "/large": lambda _environ: [LARGE],
    "/broken": lambda _environ: [b"half", b"whole"],
    "/round": _round,
    "/busy": _busy,
    "/hold": _hold,
    "/release": _release,
    "/tidying": lambda _environ: [b"tidy"],
    "/received": _receive,
    "/was-received": _was_received,
}
