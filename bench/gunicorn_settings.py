"""How gunicorn serves the yardstick: as it serves Guildhall, loaded once and then forked."""

import gc

preload_app = True
control_socket_disable = True


def when_ready(server):
    gc.collect()
    gc.freeze()
