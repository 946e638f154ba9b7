"""The first thing that anybody sees."""

import pytest

pytestmark = pytest.mark.browser


def test_an_unknown_address_says_so(site, person):
    page = person()
    page.on("console", lambda _: None)
    answer = page.request.get(site.url("nobody-at-all"))
    assert answer.status == 404
    assert "no marketplace" in answer.text().lower()
