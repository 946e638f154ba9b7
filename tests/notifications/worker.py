"""A worker that is quick to see that another died, for tests that kill it: `python -m tests.notifications.worker`."""

from app.core.config import Config
from app.core.jobs.worker import run_worker
from app.factory import create_app
from tests.core.worker_app import QUICK

if __name__ == "__main__":
    run_worker(create_app(Config.from_env()), pace=QUICK)
