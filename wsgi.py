"""The application, for gunicorn: `gunicorn wsgi:app` reads gunicorn.conf.py beside this file."""

from app.factory import create_app

app = create_app()
