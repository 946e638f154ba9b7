"""The application, for gunicorn: `gunicorn wsgi:app` reads gunicorn.conf.py beside this file."""

from app.core import logs
from app.core.config import Config
from app.factory import create_app

_config = Config.from_env()
logs.install(development=_config.development)
app = create_app(_config)
