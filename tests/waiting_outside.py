"""A page that asks somebody else's service while it is looked at must say so: else all who wait at its process wait along."""

from typing import Any
from unittest.mock import patch

import pytest
from flask import current_app, has_request_context, request

from billing import gateway


@pytest.fixture(autouse=True, scope="session")
def nobody_waits_along():
    """Fail whatever GET reaches Stripe from a view that is not marked `waits_outside`."""
    reached = gateway._v1

    def checked() -> Any:
        # A request that names no browser is a context that a test has opened, and stands for no page.
        if has_request_context() and request.method in ("GET", "HEAD") and request.user_agent.string:
            view = current_app.view_functions[request.endpoint or ""]
            assert getattr(view, "waits_outside", False), f"{request.endpoint} waits for Stripe: mark it waits_outside"
        return reached()

    with patch.object(gateway, "_v1", checked):
        yield
