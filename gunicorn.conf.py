"""How gunicorn serves Guildhall: loaded once, then forked, so that the workers share what never changes."""

import gc

from app.core.config import Config
from app.core.database import forget_connections

_config = Config.from_env()

bind = f"{_config.bind}:{_config.port}"
workers = _config.web_workers
# Answers at once what has arrived whole; what takes its time, and idle connections, hold nobody up.
worker_class = "app.core.web_worker.PromptWorker"
threads = _config.web_threads
preload_app = True
timeout = 30
graceful_timeout = 25
keepalive = 15
# The application itself knows which proxies to believe (TRUSTED_PROXIES). To gunicorn no header of theirs means anything,
# whoever sends it, so it need not look up who that is.
forwarded_allow_ips = "*"
secure_scheme_headers = {}
forwarder_headers = ""
control_socket_disable = True
loglevel = "warning" if _config.development else "info"


def when_ready(server):
    # What is loaded by now lives for ever: without it, each collection walks less, and shared memory stays shared.
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    forget_connections(server.app.wsgi())
