"""Is it alive, and can it work? For load balancers and `make run`, on every site's address."""

from datetime import timedelta

from flask import Flask, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import platform_connection
from app.core.migrations import heads

WORKER_SEEN_WITHIN = timedelta(seconds=60)

# The database's own clock on both sides: those of several machines differ.
_STATE = text(
    """
    SELECT (SELECT array_agg(version_num) FROM alembic_version) AS revisions,
           (SELECT now() - max(last_heartbeat) FROM procrastinate_workers) AS worker_silent_for
    """
)


def install(app: Flask, sites: tuple[str, ...]) -> None:
    """Answer /healthz and /readyz on each of these sites."""
    app.extensions["newest_revisions"] = heads()
    for site in sites:
        app.add_url_rule("/healthz", "health.healthz", healthz, subdomain=site)
        app.add_url_rule("/readyz", "health.readyz", readyz, subdomain=site)


def healthz() -> Response:
    """Say that this process answers; nothing else is asked."""
    return jsonify(alive=True)


def readyz() -> tuple[Response, int]:
    """Say whether the database answers, is migrated, and a worker was seen within a minute: 200, or 503."""
    try:
        with platform_connection() as connection:
            state = connection.execute(_STATE).one()
    except SQLAlchemyError:
        return jsonify(database=False, migrated=False, worker=False), 503
    checks = {
        "database": True,
        "migrated": set(state.revisions or ()) == current_app.extensions["newest_revisions"],
        "worker": state.worker_silent_for is not None and state.worker_silent_for < WORKER_SEEN_WITHIN,
    }
    return jsonify(checks), 200 if all(checks.values()) else 503


# Open to everybody, said here as `app.authorization.public` says it above.
vars(healthz)["policy"] = vars(readyz)["policy"] = "public"
