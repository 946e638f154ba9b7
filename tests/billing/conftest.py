"""A leader who takes a plan on Stripe's pages."""

import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest

from tests.factories import a_leader


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def at_stripe(url, **said):
    """Send a form to a page of Stripe's; return where it leads."""
    try:
        urllib.request.build_opener(_Stay).open(url, urlencode(said).encode())
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError("it should lead back")


@pytest.fixture
def ines(hall, browser):
    """The leader, who signs in anew however long she was away."""
    leader = a_leader()

    class Ines:
        def get(self, path):
            return browser(leader).get(path)

        def post(self, path):
            return browser(leader).post(path)

    return Ines()


@pytest.fixture
def takes(money, ines):
    """Take a plan on Stripe's page and come back."""

    def take(choice="hall-month", card="pm_card_visa", **said):
        page = ines.post(f"/desk/plan/choices/{choice}").headers["Location"]
        back = at_stripe(page, card=card, **said)
        return ines.get(back.partition(":8000")[2])

    return take
