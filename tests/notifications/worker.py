"""A worker that is quick to see that another died, for tests that kill it: `python -m tests.notifications.worker`."""

from app.core.config import Config
from app.core.jobs.worker import Pace, run_worker
from app.factory import create_app

QUICK = Pace(heartbeat=0.2, patience=1.5, grace=1.0, farewell=2.0, polling=0.2, reconnect=0.2)

if __name__ == "__main__":
    run_worker(create_app(Config.from_env()), pace=QUICK)
