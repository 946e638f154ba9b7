"""The stand-in asked through Stripe's own library, and its pages opened without a browser."""

import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest
import stripe

from tests.stripe.server import a_fake, running

SHOP = {"success_url": "http://localhost/paid?session={CHECKOUT_SESSION_ID}", "cancel_url": "http://localhost/back"}


@pytest.fixture
def fake():
    with running(a_fake(seed=1)) as served:
        yield served


@pytest.fixture
def ours(fake):
    """Stripe's library, pointed at the stand-in, with no tries of its own."""
    return stripe.StripeClient("sk_test_fake", base_addresses={"api": fake.world.base}, max_network_retries=0)


@pytest.fixture
def leader(fake, ours):
    """The options of a connected account that may take money."""
    account = ours.v1.accounts.create({"type": "standard", "country": "FR", "email": "ines@example.org"})
    opened(a_link(ours, account.id), stage="complete")
    return {"stripe_account": account.id}


def a_link(ours, account):
    wanted = {
        "account": account,
        "type": "account_onboarding",
        "return_url": "http://127.0.0.1:9/r",
        "refresh_url": "http://127.0.0.1:9/f",
    }
    return ours.v1.account_links.create(wanted).url


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def opened(url, **form):
    """Open a page, or send its form; return the status, and where it leads or what it says."""
    data = urlencode(form).encode() if form else None
    try:
        with urllib.request.build_opener(_Stay).open(url, data) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location") or answer.read().decode()


def a_price(ours, options=None, *, amount=900, interval="month"):
    product = ours.v1.products.create({"name": "Friend of the hall"}, options)
    return ours.v1.prices.create(
        {"product": product.id, "currency": "eur", "unit_amount": amount, "recurring": {"interval": interval}}, options
    )
