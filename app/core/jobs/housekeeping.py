"""Jobs that failed stay for a while, so that somebody can ask why; then they go."""

from datetime import timedelta

from sqlalchemy import text

from app.core import clock
from app.core.database import db
from app.core.jobs.registry import periodic

KEPT = timedelta(days=30)

_REMOVE = text(
    """
    DELETE FROM procrastinate_jobs j
     WHERE status NOT IN ('todo', 'doing')
       AND NOT EXISTS (SELECT 1 FROM procrastinate_events e WHERE e.job_id = j.id AND e.at >= :before)
    """
)


@periodic("41 3 * * *", "jobs.sweep")
def sweep() -> None:
    """Remove jobs that ended a month ago."""
    db.session.execute(_REMOVE, {"before": clock.now() - KEPT})
