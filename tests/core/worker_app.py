"""A worker in a process of its own, for tests that kill it: `python -m tests.core.worker_app DATABASE_URL VAR_DIR`.

Its one job writes the tenant's tagline, then waits as long as it was told, and is over.
"""

import sys
import time
from pathlib import Path

from sqlalchemy import text

from app.core import jobs
from app.core.config import Config
from app.core.database import db
from app.core.jobs.worker import Pace, run_worker
from app.factory import create_app
from tenants.context import tenant

QUICK = Pace(heartbeat=0.2, patience=1.0, grace=1.0, polling=0.2, reconnect=0.2)


@jobs.job("tests.slow", retries=3)
def slow(*, milliseconds: int) -> None:
    db.session.execute(text("UPDATE tenants SET tagline = tagline || '+' WHERE id = :id"), {"id": tenant.id})
    (Path(sys.argv[2]) / "started").touch()
    time.sleep(milliseconds / 1000)


if __name__ == "__main__":
    run_worker(
        create_app(Config(database_url=sys.argv[1], secret_key="a key for tests only", var_dir=Path(sys.argv[2]))),
        pace=QUICK,
    )
