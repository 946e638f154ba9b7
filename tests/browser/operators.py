"""Somebody who runs the demo's installation, with something on every one of their pages."""

from typing import Any

from app.accounts.models import User
from app.core.database import db
from tenants.context import platform_context
from tests.app_fixtures import sign_in_on_platform
from tests.browser.demo import Demo

_ROWS = (
    """
    INSERT INTO operators SELECT id, now(), 'on call' FROM users WHERE email = 'leader@example.com'
    ON CONFLICT DO NOTHING RETURNING 1
    """,
    """
    INSERT INTO inbox (source, event_id, type, object_kind, object_id, created_at, received_at, state, problem)
    SELECT 'connect', 'evt_' || n, 'account.updated', 'account', 'acct_' || n, now(), now(), 'failed', 'Unclear'
      FROM generate_series(1, 40) n RETURNING 1
    """,
    """
    INSERT INTO operations (tenant_id, id, kind, subject, key, params, begun_at)
    SELECT here, gen_random_uuid(), 'customer', 'somebody', gen_random_uuid(), '{}', now() FROM hall RETURNING 1
    """,
    """
    INSERT INTO stripe_differences
           (tenant_id, id, kind, object_id, what, ours, theirs, state, problem, found_at, seen_at)
    SELECT here, gen_random_uuid(), 'subscription', 'sub_1', 'state', 'active', 'past_due', 'stands', 'Unclear', now(), now()
      FROM hall RETURNING 1
    """,
)


def lets_in_an_operator(demo: Demo, page: Any) -> None:
    """Sign an operator in, in a page's browser on the platform's host."""
    for rows in _ROWS:
        demo.rows(rows)
    client = demo.application.test_client()
    with demo.application.app_context(), platform_context():
        user = User.with_email("leader@example.com")
        assert user is not None
        sign_in_on_platform(client, user)
        db.session.remove()
    cookie = client.get_cookie("guildhall", domain="localhost")
    assert cookie is not None
    page.context.add_cookies([{"name": "guildhall", "value": cookie.value, "url": demo.site.url()}])
