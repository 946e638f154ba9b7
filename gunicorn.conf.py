"""How gunicorn serves Guildhall: loaded once, then forked, so that the workers share what never changes."""

import gc

from app.core.config import Config
from app.core.database import forget_connections

_config = Config.from_env()

bind = f"{_config.bind}:{_config.port}"
workers = _config.web_workers
# Threads keep a browser's idle connections from blocking the page that it waits for.
worker_class = "gthread"
threads = _config.web_threads
preload_app = True
timeout = 30
graceful_timeout = 25
keepalive = 15
# The application itself knows which proxies to believe (TRUSTED_PROXIES).
forwarded_allow_ips = ""
control_socket_disable = True
loglevel = "warning" if _config.development else "info"


def when_ready(server):
    # What is loaded by now lives for ever: without it, each collection walks less, and shared memory stays shared.
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    forget_connections(server.app.wsgi())
