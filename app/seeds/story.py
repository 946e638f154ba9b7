"""What happened, in the order in which it happened: every event is lived through at its own moment."""

from collections.abc import Callable
from datetime import datetime

from app.core import clock


class Story:
    """Collects what is to happen, then lets it happen, oldest first, with the clock at each moment."""

    def __init__(self) -> None:
        self._events: list[tuple[datetime, int, str, Callable[[datetime], object]]] = []

    def on(self, moment: datetime, what: str, happens: Callable[[datetime], object]) -> None:
        """Let `happens(moment)` be called when its time has come; of one moment, in the order they were told.

        :param what: how to find it in the content, for when the product refuses it.
        """
        self._events.append((moment, len(self._events), what, happens))

    def unfold(self) -> None:
        """Live through everything once."""
        for moment, _, what, happens in sorted(self._events, key=lambda event: event[:2]):
            with clock.travel(to=moment):
                try:
                    happens(moment)
                except Exception as refusal:
                    refusal.add_note(f"in the demo, at {moment:%d %B %H:%M}: {what}")
                    raise
        self._events.clear()
