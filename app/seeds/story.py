"""What happened, in the order in which it happened: every event is lived through at its own moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.core import clock

# The clock runs on while something happens, so what happens next needs some room.
_BREATH = timedelta(seconds=1)


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
        """Live through everything once; no two things happen within a second."""
        last = datetime.min.replace(tzinfo=UTC)
        for planned, _, what, happens in sorted(self._events, key=lambda event: event[:2]):
            last = max(planned, last + _BREATH)
            with clock.travel(to=last):
                try:
                    happens(last)
                except Exception as refusal:
                    refusal.add_note(f"in the demo, at {last:%d %B %H:%M}: {what}")
                    raise
        self._events.clear()
