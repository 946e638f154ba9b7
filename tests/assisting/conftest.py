"""Ana acts for Rosa; Maya is whom they deal with."""

import pytest

from tests.assisting.arranging import a_mandate
from tests.factories import a_member, a_user


@pytest.fixture
def ana(hall):
    return a_member("Ana Lima", user=a_user("Ana Lima", email="ana@example.org"))


@pytest.fixture
def rosa(hall):
    return a_member("Rosa Silva", user=a_user("Rosa Silva", email="rosa@example.org"))


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor", user=a_user("Maya Okafor", email="maya@example.org"))


@pytest.fixture
def acting_for(ana, rosa, browser):
    """Return a browser of Ana's, acting for Rosa in the things that are named, or in everything that can be."""

    def begin(*scopes):
        mandate, page = a_mandate(ana, rosa, *scopes), browser(ana)
        assert page.post(f"/helping/{mandate.id}/acting").status_code == 302
        return page

    return begin


@pytest.fixture
def for_rosa(acting_for):
    """Ana's browser, acting for Rosa in everything that can be."""
    return acting_for()
