"""Closing and opening an account from the console."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from app.accounts.models import User
from app.core.database import db
from app.departures.cli import user
from tenants.context import tenant_context
from tests.accounts.walking import DESIGNERS, HILLSIDE, ID, PLATFORM, code_for, page_name
from tests.factories import a_leader, a_member


@pytest.fixture
def console(app):
    return lambda *words: CliRunner().invoke(user, words, obj=lambda: nullcontext(app))


def test_a_disabled_person_is_signed_out_everywhere_at_once_and_signing_in_says_so(
    walker, another_walker, maya, other_hall, console
):
    db.session.commit()
    with tenant_context(other_hall):
        a_member("Maya Okafor", user=maya)
    for browser in (walker, another_walker):
        browser.enter()
        browser.sign_in("maya@example.org")
    walker.enter(HILLSIDE)
    walker.enter(PLATFORM)
    said = console("disable", "Maya@example.org", "--reason", "spam")
    assert said.output.endswith("maya@example.org is disabled; 2 browsers were signed out.\n")
    for host in (DESIGNERS, HILLSIDE):
        assert "/enter" in walker.get(f"{host}/tribes").location, host
    assert walker.get(f"{PLATFORM}/enter?onward=/x").location != "/x"
    assert "/sign-in" in another_walker.get(f"{ID}/").location

    answer = another_walker.sign_in("maya@example.org")
    assert (answer.status_code, page_name(answer)) == (403, "This account is closed")
    another_walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"})
    answer = another_walker.type_code(code_for("maya@example.org"))
    assert (answer.status_code, page_name(answer)) == (403, "This account is closed")
    assert "spam" not in answer.text
    assert User.with_email("maya@example.org").disabled_reason == "spam"


def test_an_enabled_person_signs_in_again_where_they_belong(walker, maya, console):
    console("disable", "maya@example.org", "--reason", "spam")
    assert console("enable", "maya@example.org", "--reason", "it was not them").exit_code == 0
    walker.enter(onward="/rules")
    arrived = walker.sign_in("maya@example.org")
    assert (walker.here, arrived.request.path) == (DESIGNERS, "/rules")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("disable", "nobody@example.org", "--reason", "x"), "nobody has an account"),
        (("disable", "maya@example.org"), "--reason"),
        (("disable", "maya@example.org", "--reason", " "), "say why"),
        (("enable", "maya@example.org", "--reason", "x"), "not disabled"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(maya, console, words, says):
    refused = console(*words)
    assert refused.exit_code != 0
    assert says in refused.output
    assert not User.with_email("maya@example.org").is_disabled


def test_the_only_leader_of_a_marketplace_is_not_disabled_before_there_is_another(hall, other_hall, console):
    ines = db.session.get_one(User, a_leader().user_id)
    db.session.commit()
    with tenant_context(other_hall):
        a_leader("Petra Lindqvist")
        a_member("Ines Moreau", user=ines)
    address = "ines-moreau@example.org"
    refused = console("disable", address, "--reason", "spam")
    assert refused.exit_code == 1
    assert f"Nobody but {address} leads designers." in refused.output
    assert not User.with_email(address).is_disabled
    a_leader("Sam Reyes")
    assert console("disable", address, "--reason", "spam").exit_code == 0
    # Whose account is closed leads nothing: now it is Sam whom the marketplace needs.
    refused = console("disable", "sam-reyes@example.org", "--reason", "spam")
    assert "leads designers" in refused.output
    assert console("disable", "sam-reyes@example.org", "--even-so", "--reason", "spam").exit_code == 0


def test_nobody_is_disabled_twice(maya, console):
    console("disable", "maya@example.org", "--reason", "spam")
    again = console("disable", "maya@example.org", "--reason", "more spam")
    assert again.exit_code == 1
    assert User.with_email("maya@example.org").disabled_reason == "spam"
