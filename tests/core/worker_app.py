"""A worker in a process of its own, for tests that kill it: `-m tests.core.worker_app DATABASE_URL VAR_DIR GRACE PATIENCE`.

Its job writes the tenant's tagline, then waits as long as it was told, or until it is told by a file, and is over.
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


@jobs.job("tests.slow", retries=3)
def slow(*, milliseconds: int) -> None:
    db.session.execute(text("UPDATE tenants SET tagline = tagline || '+' WHERE id = :id"), {"id": tenant.id})
    folder = Path(sys.argv[2])
    (folder / "started").touch()
    time.sleep(milliseconds / 1000)
    while (folder / "wait").exists():
        time.sleep(0.05)


if __name__ == "__main__":
    run_worker(
        create_app(Config(database_url=sys.argv[1], secret_key="a key for tests only", var_dir=Path(sys.argv[2]))),
        pace=Pace(
            heartbeat=0.2,
            patience=float(sys.argv[4]),
            grace=float(sys.argv[3]),
            farewell=2.0,
            polling=0.2,
            reconnect=0.2,
        ),
    )
