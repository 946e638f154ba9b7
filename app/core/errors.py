"""Failures that we expect. Each carries its HTTP status and reads aloud; the web layer turns it into the hall's own page."""

from app.core.languages import lazy_gettext as _l


class ProductError(Exception):
    """A refusal with words for the person who caused it."""

    status = 400
    message = _l("That didn't work.")

    def __init__(self, message: str | None = None) -> None:
        self.message = str(message or type(self).message)
        super().__init__(self.message)


class Forbidden(ProductError):
    status = 403
    message = _l("You can't do that here.")


class NotFound(ProductError):
    status = 404
    message = _l("There is nothing here.")


class Conflict(ProductError):
    status = 409
    message = _l("Something changed in the meantime.")


class Gone(ProductError):
    status = 410
    message = _l("This is no longer here.")


class Invalid(ProductError):
    status = 422
    message = _l("Something needs mending.")


class TooMany(ProductError):
    """Too many tries in a span; `retry_after` is in whole seconds."""

    status = 429
    message = _l("That was a lot at once. Wait a moment and try again.")

    def __init__(self, message: str | None = None, *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after
