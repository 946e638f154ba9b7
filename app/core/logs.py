"""One line per event, with names and values: for eyes in development, as JSON in production."""

import logging
import sys

import structlog
from structlog.stdlib import ProcessorFormatter


def install(*, development: bool) -> None:
    """Send every log line of this process to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if development else "iso", utc=not development),
    ]
    # Plain tracebacks: a prettier one prints the values of variables, and those are people's.
    endings: list[structlog.typing.Processor]
    if development:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), pad_event_to=8, exception_formatter=structlog.dev.plain_traceback
        )
        endings = [renderer]
    else:
        endings = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared, *endings],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # Libraries that use Python's own logging speak through the same renderer, from warnings up.
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(foreign_pre_chain=shared, processors=[ProcessorFormatter.remove_processors_meta, *endings])
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
