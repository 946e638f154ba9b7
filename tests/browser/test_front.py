"""The first thing that anybody sees."""

import pytest

pytestmark = pytest.mark.browser


def test_an_unknown_address_says_so(site, person):
    page = person()
    answer = page.goto(site.url("nobody-at-all"))
    assert answer.status == 404
    assert page.get_by_text("There is no marketplace at this address").is_visible()
