"""A category's figures: what each is now, what it was in the span before, and whether the targets are kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.category_figures.models import CategoryTargets
from app.category_figures.queries import COUNTS, EARNED, UNMET, course
from app.category_figures.spans import Span
from app.category_figures.waits import WAITS

#: Of fewer nothing is said: half of two is one.
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a kind of thing waited in a span.

    :ivar half: within how many seconds half of them were over; None while fewer than half are.
    :ivar shares: the share that was over after each of the usual stretches; None where nothing was watched for so long.
    :ivar in_target: the share that was over within what is wanted.
    """

    number: int = 0
    over: int = 0
    waiting: int = 0
    reach: float = 0.0
    half: float | None = None
    in_target: float = 0.0
    shares: tuple[float, ...] = ()

    @property
    def says_something(self) -> bool:
        return self.number >= ENOUGH

    def keeps(self, seconds: float) -> bool | None:
        """Return whether half of them were over within so long; None while it is too early, or they are too few, to say."""
        if not self.says_something:
            return None
        elif self.in_target >= 0.4999999:
            return True
        return False if self.reach >= seconds else None


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in one span; `stars` and `again` are parts of `rated` and `agreed`."""

    posted: int = 0
    filled: int = 0
    agreed: int = 0
    again: int = 0
    rated: int = 0
    stars: int = 0
    earned: dict[str, int] = field(default_factory=dict)
    gigs: Waits = Waits()
    hands: Waits = Waits()

    @property
    def repeat(self) -> float | None:
        """The share of agreements between two who had worked together before; None where they are too few to say."""
        return self.again / self.agreed if self.agreed >= ENOUGH else None

    @property
    def satisfaction(self) -> float | None:
        """The stars that reviews gave on average; None where they are too few to say."""
        return self.stars / self.rated if self.rated >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Figures:
    """A category in a span and in the one before it; what is open at this moment; how it went, by weeks or months (first day,
    posted, filled); which skills are missing.
    """

    span: Span
    now: Counts
    before: Counts
    open: int
    course: list[tuple[date, int, int]]
    unmet: list[Any]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever there to be counted in these spans."""
        counted = (self.open, self.now.posted, self.before.posted, self.now.agreed, self.before.agreed)
        return not any((*counted, self.now.filled, self.before.filled, self.now.earned, self.before.earned))


def figures_of(
    category_id: UUID, span: Span, targets: CategoryTargets, *, earned_by: UUID | None, zone: str
) -> Figures:
    """Return a category's figures, in five statements.

    :param earned_by: whose share of what it earned; None: that of all its leaders.
    """
    at: dict[str, Any] = {
        "category_id": category_id, "before": span.before, "since": span.since, "until": span.until
    }  # fmt: skip
    waits = _waits(WAITS.rows(**at, **_wanted(targets)))
    counts = {(row.what, row.span): row for row in COUNTS.rows(**at)}
    earned = EARNED.rows(**at, party_id=earned_by)
    within = {name: at[name] for name in ("category_id", "since", "until")}
    return Figures(
        span=span,
        now=_counts("now", waits, counts, earned),
        before=_counts("before", waits, counts, earned),
        open=_number(counts.get(("open", "now"))),
        course=_course(course(span.unit).rows(**within, zone=zone), span),
        unmet=UNMET.rows(**within),
    )


def _wanted(targets: CategoryTargets) -> dict[str, float | None]:
    days, hours = targets.filled_days, targets.answered_hours
    # As whole seconds: what is as long as wanted is within it.
    return {"filled_target": days and days * 86400, "answered_target": hours and hours * 3600}


def _waits(rows: Iterable[Any]) -> dict[tuple[str, str], Waits]:
    return {
        (row.what, row.span): Waits(
            int(row.number), int(row.over), int(row.waiting), row.reach, row.half, row.in_target,
            tuple(value for name, value in zip(row._fields, row, strict=True) if name.startswith("within_")),
        )
        for row in rows
    }  # fmt: skip


def _counts(span: str, waits: dict[tuple[str, str], Waits], counts: dict[Any, Any], earned: list[Any]) -> Counts:
    gigs = waits.get(("gigs", span), Waits())
    return Counts(
        posted=gigs.number,
        filled=_number(counts.get(("filled", span))),
        agreed=_number(counts.get(("agreed", span))),
        again=_number(counts.get(("agreed", span)), "part"),
        rated=_number(counts.get(("rated", span))),
        stars=_number(counts.get(("rated", span)), "part"),
        earned={row.currency: int(row.amount) for row in earned if row.span == span and row.amount},
        gigs=gigs,
        hands=waits.get(("hands", span), Waits()),
    )


def _number(row: Any, name: str = "number") -> int:
    return int(getattr(row, name)) if row is not None else 0


def _course(rows: list[Any], span: Span) -> list[tuple[date, int, int]]:
    found = {(row.what, row.at): row.number for row in rows}
    return [(at, found.get(("posted", at), 0), found.get(("filled", at), 0)) for at in span.stretches()]
