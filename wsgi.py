"""The application for any WSGI server: `gunicorn wsgi:app`."""

from __future__ import annotations

from ipportal.app import create_app

app = create_app()
