"""A child process that does not outlive its parent."""

import ctypes
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def ends_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return a `preexec_fn` by which the system sends the child this signal when its parent dies, even by `kill -9`.

    Only Linux can do that; elsewhere there is nothing to call.
    """
    if sys.platform != "linux":
        return None

    def tie() -> None:
        # It runs after the child changed its user, which would clear the wish.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)

    return tie
