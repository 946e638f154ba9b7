"""The web worker: what has arrived whole is answered at once; whoever is slow, breaks off or sends nothing holds nobody up."""

import http.client
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

import pytest

from app.core.config import ROOT
from app.core.supervisor import our_python
from tests.core.served import LARGE

_SETTINGS = """
bind = "127.0.0.1:{port}"
worker_class = "app.core.web_worker.PromptWorker"
workers = 1
threads = 2
keepalive = 2
control_socket_disable = True
loglevel = "critical"
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server of one process and two threads; its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    settings = tmp_path_factory.mktemp("served") / "settings.py"
    settings.write_text(_SETTINGS.format(port=port))
    command = our_python("-m", "gunicorn", "-c", str(settings), "tests.core.served:app")
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _await(port: int) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        with suppress(OSError):
            return get(port, "/hello") and None
        time.sleep(0.1)
    raise AssertionError("the server did not start")


@pytest.fixture
def connect(port: int) -> Iterator[Callable[[], socket.socket]]:
    opened: list[socket.socket] = []

    def open_one() -> socket.socket:
        opened.append(socket.create_connection(("127.0.0.1", port), timeout=20))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def get(port: int, path: str) -> bytes:
    """Return what a path answers, asked on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def question(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", "")).encode()


def answer(connection: socket.socket) -> bytes:
    """Return the body of the next answer on a connection."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.read()


def test_those_who_wait_at_the_same_time_share_a_round(port, connect):
    """While one is being answered five more arrive; the next to arrive is in another round."""
    waiting = [connect() for _ in range(6)]
    for one in waiting:
        one.sendall(question("/hello"))
        assert answer(one) == b"hello"
    busy, *others = waiting
    busy.sendall(question("/busy"))
    time.sleep(0.2)
    for one in others:
        one.sendall(question("/round"))
    rounds = {answer(one) for one in others}
    assert len(rounds) == 1
    others[0].sendall(question("/round"))
    assert answer(others[0]) not in rounds | {b"none"}


def test_whoever_asks_while_another_is_answered_is_not_taken_for_silent(connect):
    """Two seconds of silence end a connection, but not one whose question came before their end and had to wait."""
    silent, busy = connect(), connect()
    silent.sendall(question("/hello"))
    assert answer(silent) == b"hello"
    time.sleep(1.7)
    busy.sendall(question("/busy"))
    time.sleep(0.2)
    silent.sendall(question("/hello"))
    assert answer(silent) == b"hello"


def test_what_threads_do_is_in_no_round(connect):
    one = connect()
    one.sendall(question("/round", "Content-Length: 2", method="POST") + b"xx")
    assert answer(one) == b"none"


def test_a_form_that_takes_its_time_holds_nobody_up(port, connect):
    form = connect()
    form.sendall(question("/hold", "Content-Length: 2", method="POST") + b"xx")
    assert get(port, "/hello") == b"hello"
    get(port, "/release")
    assert answer(form) == b"released"


def test_a_page_that_waits_for_others_holds_nobody_up(port, connect):
    page = connect()
    page.sendall(question("/hold"))
    assert get(port, "/hello") == b"hello"
    get(port, "/release")
    assert answer(page) == b"released"


def test_what_is_left_to_do_is_done_after_the_answer_has_left(port, connect):
    """The loop is busy with that; the end of a form, for which a thread waits, is what tells that the answer came."""
    form, page = connect(), connect()
    form.sendall(question("/received", "Content-Length: 2", method="POST"))
    page.sendall(question("/tidying"))
    assert answer(page) == b"tidy"
    form.sendall(b"xx")
    assert answer(form) == b"done"
    assert get(port, "/was-received") == b"1"


def test_a_browser_that_is_slow_to_read_holds_nobody_up_and_loses_nothing(port, connect):
    slow = connect()
    slow.sendall(question("/large"))
    assert get(port, "/hello") == b"hello"
    assert answer(slow) == LARGE
    slow.sendall(question("/hello"))
    assert answer(slow) == b"hello"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /hel",
        question("/hello", "Content-Length: 5"),
        question("/hello", "content-length : 5"),
        question("/hello", "Transfer-Encoding: chunked"),
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x00" * 400 + b"\r\n\r\n",
        question("/broken"),
        question("/hello", "X-Long: " + "x" * 20_000),
    ],
)
def test_nothing_that_is_sent_holds_others_up_or_ends_the_process(port, connect, sent):
    process = get(port, "/process")
    for _ in range(2):
        connect().sendall(sent)
    assert [get(port, "/process") for _ in range(3)] == [process] * 3


def test_whoever_breaks_off_while_being_answered_ends_nothing_else(port, connect):
    process = get(port, "/process")
    for _ in range(5):
        gone = connect()
        gone.sendall(question("/large"))
        gone.close()
    assert get(port, "/process") == process


def test_a_question_that_comes_in_pieces_is_answered(connect):
    one = connect()
    for piece in re.findall(rb"(?s).{1,12}", question("/hello")):
        one.sendall(piece)
        time.sleep(0.02)
    assert answer(one) == b"hello"


def test_questions_sent_in_one_go_are_answered_in_turn(connect):
    one = connect()
    one.sendall(question("/hello") + question("/release"))
    # Read as one stream: what is read ahead of the first answer would be lost to the second.
    with one.makefile("rb") as stream:
        said = b""
        while said.count(b"HTTP/1.1 200 OK") < 2 or not said.endswith(b"done"):
            said += stream.read1()
    assert said.index(b"hello") < said.index(b"done")


def test_a_head_alone_has_no_body(connect):
    one = connect()
    one.sendall(question("/large", method="HEAD"))
    response = http.client.HTTPResponse(one, method="HEAD")
    response.begin()
    assert (int(response.headers["Content-Length"]), response.read()) == (len(LARGE), b"")
