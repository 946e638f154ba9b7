"""Answers that fail, planned one by one or left to chance."""

import random
from dataclasses import dataclass, field

from tests.stripe.problems import Problem

#: Too many requests; a failure at Stripe; no answer, nothing done; no answer although all was done; an error although done.
KINDS = ("busy", "broken", "unheard", "unanswered", "broken after")


class NoAnswer(Exception):
    """The connection ends without an answer."""


@dataclass
class Faults:
    """What goes wrong next. A planned fault meets the first request whose method and path begin so."""

    planned: list[tuple[str, str]] = field(default_factory=list)
    chance: float = 0
    seed: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def plan(self, kind: str, request: str = "", *, times: int = 1) -> None:
        """Let the next requests fail: `plan("unanswered", "POST /v1/transfers")`."""
        if kind not in KINDS:
            raise ValueError(f"no fault is called {kind}")
        self.planned += [(kind, request)] * times

    def choose(self, request: str) -> str | None:
        """Return what goes wrong with this request, or None."""
        for number, (kind, begins) in enumerate(self.planned):
            if request.startswith(begins):
                del self.planned[number]
                return kind
        return self._random.choice(KINDS) if self._random.random() < self.chance else None

    @staticmethod
    def before(kind: str | None) -> None:
        """Fail before anything is done."""
        if kind == "busy":
            raise Problem("Too many requests.", status=429, kind="rate_limit_error", code="rate_limit")
        elif kind == "broken":
            raise Problem("Something went wrong on Stripe's end.", status=500, kind="api_error")
        elif kind == "unheard":
            raise NoAnswer

    @staticmethod
    def after(kind: str | None) -> None:
        """Fail after all is done."""
        if kind == "broken after":
            raise Problem("Something went wrong on Stripe's end.", status=500, kind="api_error")
        elif kind == "unanswered":
            raise NoAnswer
