"""A connection that gathers an answer: it leaves in one piece, and nobody waits for a side that is slow to take it."""

from collections.abc import Iterator
from socket import MSG_DONTWAIT, socket
from typing import Any

# Plain numbers: joining flags costs as much as asking the kernel.
_DO_NOT_WAIT = int(MSG_DONTWAIT)
# What an answer may have gathered, in bytes, before it begins to leave.
_MUCH = 1 << 18


class PromptSocket(socket):
    """A connection that can gather an answer, to send it in one piece, and keep what the other side is too slow to take."""

    _gathered: list[bytes] | None = None
    _size = 0

    @property
    def gathers(self) -> bool:
        """Whether what is sent is gathered."""
        return self._gathered is not None

    def gather(self) -> None:
        """From now on gather what is sent, and never wait for the other side."""
        self._gathered, self._size = [], 0

    def release(self) -> list[bytes]:
        """Send what was gathered; return what the other side has not taken, and send as usual again."""
        self.leave()
        kept, self._gathered = self._gathered, None
        return kept or []

    def setblocking(self, flag: bool, /) -> None:
        # The kernel is asked even where nothing changes.
        if flag != self.getblocking():
            super().setblocking(flag)

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        if self._gathered is None:
            super().sendall(data, flags)
            return
        self._gathered.append(data)
        self._size += len(data)
        if self._size > _MUCH:
            self.leave()
            self._size = 0

    def leave(self) -> None:
        """Send what was gathered, as far as the other side takes it now."""
        pieces = self._gathered
        if not pieces:
            return
        try:
            sent = self.sendmsg(pieces, (), _DO_NOT_WAIT)
        except BlockingIOError:
            return
        except OSError:
            # The other side has gone; whoever reads from it next finds that out.
            pieces.clear()
            return
        while pieces and sent >= len(pieces[0]):
            sent -= len(pieces.pop(0))
        if sent:
            pieces[0] = pieces[0][sent:]


class _SentBeforeClosed:
    """An answer whose end is not what somebody waits for: what is left to do when it closes is done after it has left."""

    __slots__ = ("_answer", "_connection")

    def __init__(self, answer: Any, connection: PromptSocket) -> None:
        self._answer, self._connection = answer, connection

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        self._connection.leave()
        self._answer.close()


def answer_before_closing(application: Any, environ: dict[str, Any], start_response: Any) -> Any:
    """Return what an application answers; what is left to do when it closes is done after it has left."""
    answer = application(environ, start_response)
    if not hasattr(answer, "close") or isinstance(answer, environ["wsgi.file_wrapper"]):
        return answer
    return _SentBeforeClosed(answer, environ["gunicorn.socket"])
