"""Refusals as Stripe words them."""

from typing import Any


class Problem(Exception):
    """An answer that is no success; `body` is what Stripe's libraries turn into an exception of theirs."""

    def __init__(self, message: str, *, status: int = 400, kind: str = "invalid_request_error", **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **{k: v for k, v in more.items() if v is not None}}}


class NoSuch(Problem):
    """Nothing of that kind has that id in this account."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(f"No such {kind.replace('_', ' ')}: '{id}'", status=404, code="resource_missing", param="id")


class Declined(Problem):
    """A bank said no."""

    def __init__(self, code: str = "card_declined", decline_code: str | None = "generic_decline", **more: Any) -> None:
        words = "Your card was declined." if code == "card_declined" else "This payment requires authentication."
        super().__init__(words, status=402, kind="card_error", code=code, decline_code=decline_code, **more)
