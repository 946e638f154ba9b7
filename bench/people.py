"""Browsers to ask with: a visitor's, and that of a member who has just signed in."""

from uuid import UUID

from flask import session

from app.accounts import sessions
from app.core.database import db
from app.factory import create_app
from bench.data import Database, member_id, user_id
from tenants.context import tenant_context
from tenants.resolution import tenant_at


def visitor(tenant: int = 1) -> dict[str, str]:
    """Return the headers of a visitor on a marketplace's host."""
    return {"Host": f"hall-{tenant}.localhost:8000"}


def member(database: Database, *, tenant: int = 1, number: int = 1) -> dict[str, str]:
    """Return the headers of a member on their marketplace's host."""
    headers = visitor(tenant)
    application = create_app(database.settings)
    with application.app_context():
        info = tenant_at(headers["Host"])
        with application.test_request_context(base_url=f"http://{headers['Host']}"), tenant_context(info):
            sessions.begin(user_id=UUID(user_id(tenant, number)), member_id=UUID(member_id(tenant, number)))
            db.session.commit()
            signed = application.session_interface.get_signing_serializer(application).dumps(dict(session))  # type: ignore[attr-defined]
        db.session.remove()
        db.engine.dispose()
    return headers | {"Cookie": f"{application.config['SESSION_COOKIE_NAME']}={signed}"}
