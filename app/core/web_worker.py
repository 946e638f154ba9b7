"""gunicorn's threaded worker, which answers what has arrived whole at once and leaves to its threads whatever may take its time.

Handing a request to a thread costs more than most pages. A question that is here to its last byte needs no thread to wait for
it: the loop that found it answers it, one after another (`app.core.rounds`). A form, a body, a request that dribbles in and a
browser that is slow to take its answer are a thread's, so that nobody waits for them.
"""

import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from selectors import EVENT_READ
from socket import MSG_DONTWAIT, MSG_PEEK
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from app.core import rounds
from app.core.prompt_socket import PromptSocket, answer_before_closing

_LONGEST_HEAD = 8192
_END_OF_HEAD = b"\r\n\r\n"
# A question with a body might keep us waiting for it.
_ANNOUNCES_A_BODY = re.compile(rb"\r\n(content-length|transfer-encoding)\s*:", re.IGNORECASE)
# A plain number: joining flags costs as much as asking the kernel.
_LOOK = int(MSG_PEEK | MSG_DONTWAIT)


@dataclass(frozen=True, slots=True)
class _Answered:
    """A request that is answered already, where gunicorn looks for one that a thread was given."""

    keeps_connection: Any

    def cancelled(self) -> bool:
        return False

    def result(self) -> Any:
        return self.keeps_connection


class _Connection(TConn):  # type: ignore[misc]
    """A connection that parts in a thread from whoever is slow to hang up."""

    def __init__(self, worker: "PromptWorker", own: PromptSocket, client: Any, server: Any) -> None:
        super().__init__(worker.cfg, own, client, server)
        self._threads = worker.tpool

    def close(self, graceful: bool = False) -> None:
        if graceful:
            self._threads.submit(super().close, graceful)
        else:
            super().close()


class PromptWorker(ThreadWorker):  # type: ignore[misc]
    """Serves a gunicorn process."""

    _told = 0.0
    wsgi: Any
    _outside: tuple[bytes, ...] = ()

    def init_process(self) -> None:
        """Begin to serve."""
        # Settings change no more; gunicorn looks for each of them in three steps, dozens of times for a request.
        self.cfg.__dict__.update({name: setting.get() for name, setting in self.cfg.settings.items()})
        super().init_process()

    def load_wsgi(self) -> None:
        """Find the application."""
        super().load_wsgi()
        # An application says at `waits_outside` how the paths begin that do (`app.core.rounds.outside`).
        self._outside = getattr(self.wsgi, "waits_outside", ())
        self.wsgi = partial(answer_before_closing, self.wsgi)

    def accept(self, listener: Any) -> None:
        """Take a connection and wait for its first question where all others wait."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            # Another process was quicker, or nobody is there any more.
            return
        self.nr_conns += 1
        connection = _Connection(self, PromptSocket(fileno=client.detach()), address, listener.getsockname())
        connection.set_timeout()
        self.pending_conns.append(connection)
        self.poller.register(connection.sock, EVENT_READ, partial(self.on_pending_socket_readable, connection))

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Answer all that wait."""
        rounds.begin()
        try:
            super().wait_for_and_dispatch_events(timeout)
        finally:
            rounds.end()

    def enqueue_req(self, conn: Any) -> None:
        """Answer a request, or give it to a thread."""
        if not self._is_prompt(conn.sock):
            super().enqueue_req(conn)
            return
        conn.data_ready = True
        self._finish(conn, *self._answer(conn))

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """Answer a further question on a connection, which stays where it waits if there is nothing more to do for it."""
        if not self.alive or not self._is_prompt(client):
            super().on_client_socket_readable(conn, client)
            return
        keeps_connection, kept = self._answer(conn)
        self.keepalived_conns.remove(conn)
        if keeps_connection and not kept and not conn.parser.unreader.buf.getvalue():
            conn.set_timeout()
            self.keepalived_conns.append(conn)
        else:
            self.poller.unregister(client)
            self._finish(conn, keeps_connection, kept)

    def murder_keepalived(self, force: bool = False) -> None:
        """Close connections that have been silent for too long."""
        _spare(self.keepalived_conns)
        super().murder_keepalived(force)

    def murder_pending(self) -> None:
        """Close connections on which nothing ever came."""
        _spare(self.pending_conns)
        super().murder_pending()

    def notify(self) -> None:
        """Tell the parent that we are alive, once a second."""
        now = time.monotonic()
        if now - self._told >= 1:
            self._told = now
            super().notify()

    def _is_prompt(self, connection: PromptSocket) -> bool:
        """Return whether a connection's question is here to its last byte, and nothing outside has to be waited for."""
        try:
            head = connection.recv(_LONGEST_HEAD, _LOOK)
        except OSError:
            return False
        return _is_whole_question(head) and not (self._outside and head.partition(b" ")[2].startswith(self._outside))

    def _answer(self, conn: Any) -> tuple[Any, list[bytes]]:
        conn.sock.gather()
        return self.handle(conn), conn.sock.release()

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        if not conn.sock.gathers:
            return bool(super()._keepalive_after(conn, keepalive))
        # A whole question has no body of which something could be left.
        conn.parser.mesg = None
        return keepalive

    def _finish(self, conn: Any, keeps_connection: Any, kept: list[bytes]) -> None:
        if kept:
            self._in_a_thread(conn, partial(_send_rest, conn.sock, kept, keeps_connection))
        else:
            self.finish_request(conn, _Answered(keeps_connection))

    def _in_a_thread(self, conn: Any, work: Callable[[], Any]) -> None:
        given = self.tpool.submit(work)
        given.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))


def _is_whole_question(head: bytes) -> bool:
    return (
        head.startswith((b"GET ", b"HEAD ")) and head.endswith(_END_OF_HEAD) and _ANNOUNCES_A_BODY.search(head) is None
    )


def _spare(connections: deque[Any]) -> None:
    """Give those more time who have asked while others were being answered."""
    now = time.monotonic()
    for connection in list(takewhile(lambda one: one.timeout <= now, connections)):
        if _has_something(connection.sock):
            connections.remove(connection)
            connection.set_timeout()
            connections.append(connection)


def _has_something(connection: PromptSocket) -> bool:
    try:
        return bool(connection.recv(1, _LOOK))
    except OSError:
        return False


def _send_rest(connection: PromptSocket, kept: list[bytes], keeps_connection: Any) -> Any:
    connection.setblocking(True)
    for piece in kept:
        connection.sendall(piece)
    return keeps_connection
