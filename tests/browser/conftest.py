"""What several browser tests share."""

import pytest

from tests.browser.demo import a_demo_site


@pytest.fixture(scope="session")
def demo(new_site):
    """A site with the demo's marketplaces on it, for tests that look and change nothing."""
    with a_demo_site(new_site) as made:
        yield made
