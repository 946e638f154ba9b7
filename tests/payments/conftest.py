"""Held payments are tested beside the stand-in for Stripe."""

from tests.billing.conftest import money  # noqa: F401
