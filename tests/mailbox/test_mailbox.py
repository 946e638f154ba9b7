"""The local mailbox in the browser."""

from dataclasses import replace

import pytest

from app.core.composing import Mail
from app.core.mail import kept, send

HELLO = Mail(
    to="sam@example.com",
    subject="You got <the> gig",
    text="Maya said yes: http://designers.localhost:8000/gigs/1",
    html="<html><head><title>x</title></head><body><script>alert(1)</script><a href='http://x.localhost'>Open</a></body></html>",
    message_id="hello",
)


@pytest.fixture
def platform(browser, outbox):
    return browser(host="localhost")


def test_an_empty_mailbox_says_what_will_be_there(platform):
    assert "No mail yet" in platform.get("/mailbox").text


def test_mail_is_listed_newest_first_and_found_by_address(platform):
    send(HELLO)
    send(replace(HELLO, to="noor@example.com", subject="Second", message_id="second"))
    page = platform.get("/mailbox").text
    assert page.index("Second") < page.index("You got &lt;the&gt; gig")
    found = platform.get("/mailbox?to=SAM").text
    assert "Second" not in found
    assert "You got" in found
    assert "No mail to “nobody@”" in platform.get("/mailbox?to=nobody@").text
    assert platform.get("/mailbox?to=%00").status_code == 200


def test_a_message_is_shown_in_both_parts_with_links(platform):
    send(HELLO)
    (message,) = kept()
    page = platform.get(f"/mailbox/{message.key}").text
    assert '<a href="http://designers.localhost:8000/gigs/1" rel="noopener">' in page
    assert f'src="/mailbox/{message.key}/html"' in page
    assert 'sandbox="allow-popups' in page
    assert "<script>alert" not in page


def test_the_html_part_runs_nothing_and_opens_links_outside_its_frame(platform):
    send(HELLO)
    (message,) = kept()
    part = platform.get(f"/mailbox/{message.key}/html")
    assert part.headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert '<head><base target="_top">' in part.text


def test_an_unknown_message_is_not_found(platform):
    assert platform.get("/mailbox/" + "0" * 32).status_code == 404
    assert platform.get("/mailbox/..%2f..%2fsecret-key").status_code == 404


def test_in_production_there_is_no_mailbox(platform, app):
    carried = app.extensions["guildhall"]
    app.extensions["guildhall"] = replace(carried, config=replace(carried.config, development=False))
    try:
        assert platform.get("/mailbox").status_code == 404
    finally:
        app.extensions["guildhall"] = carried
