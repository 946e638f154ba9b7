"""Six digits by e-mail: ten minutes, five tries, one browser, once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.jobs import send_code, sweep
from app.accounts.models import EmailCode, Handover, IdentitySession
from app.core import clock
from app.core.database import db
from tenants.context import platform_context
from tests.accounts.walking import DESIGNERS, ID, code_for, mailed_to, page_name


@pytest.fixture
def asked(walker, maya):
    """Maya asked for a code on her way into `designers`: the digits."""
    walker.enter()
    walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"})
    return code_for("maya@example.org")


def another(digits):
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_the_mail_names_the_hall_and_holds_the_code(asked, outbox):
    message = outbox.to("maya@example.org")
    assert message.subject == f"{asked} is your code for Designers"
    assert message.sender.startswith("Designers ")
    assert asked in message.html


def test_a_name_in_a_mail_is_not_escaped_twice(walker, app, outbox):
    from tests.factories import a_hall

    a_hall("ampersand", name="Ink & Paper")
    walker.get(f"{ID}/sign-in?hall=ampersand")
    walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"})
    message = mailed_to("maya@example.org")[0]
    assert "Ink & Paper" in message.text
    assert "Ink &amp; Paper" in message.html


def test_a_wrong_code_says_how_many_tries_are_left(walker, asked):
    answer = walker.post(f"{ID}/code", {"digits": another(asked)})
    assert answer.status_code == 422
    assert "4 tries are left" in answer.text


def test_after_five_wrong_tries_the_right_code_is_refused(walker, asked):
    for _ in range(5):
        walker.post(f"{ID}/code", {"digits": another(asked)})
    answer = walker.post(f"{ID}/code", {"digits": asked})
    assert answer.status_code == 422
    assert "run out" in answer.text
    assert walker.here == ID


def test_the_fifth_try_may_be_the_right_one(walker, asked):
    for _ in range(4):
        walker.post(f"{ID}/code", {"digits": another(asked)})
    walker.type_code(asked)
    assert walker.here == DESIGNERS


def test_something_that_is_no_code_costs_no_try(walker, asked):
    for typed in ("", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12345\x00", "<script>"):
        assert walker.post(f"{ID}/code", {"digits": typed}).status_code == 422, typed
    assert db.session.scalars(select(EmailCode.tries)).all() == [0]


def test_a_code_is_good_for_ten_minutes(walker, asked):
    with clock.travel(to=clock.now() + timedelta(minutes=9)):
        walker.type_code(asked)
        assert walker.here == DESIGNERS


def test_a_code_that_has_run_out_is_refused(walker, asked):
    with clock.travel(to=clock.now() + timedelta(minutes=11)):
        answer = walker.type_code(asked)
        assert page_name(answer) == "Sign in"
        assert "run out" in answer.text


def test_a_code_is_refused_in_another_browser(another_walker, asked):
    """Not even in one that waits for a code of its own, for the same address."""
    assert page_name(another_walker.type_code(asked)) == "Sign in"
    another_walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"})
    assert another_walker.post(f"{ID}/code", {"digits": asked}).status_code == 422


def test_a_code_used_twice_is_refused(walker, asked):
    with walker.client.session_transaction(base_url=ID) as before:
        copied = dict(before)
    walker.type_code(asked)
    with walker.client.session_transaction(base_url=ID) as cookie:
        cookie.clear()
        cookie.update(copied)
    assert page_name(walker.type_code(asked)) == "Sign in"


def test_only_the_newest_code_is_good(walker, asked):
    walker.post(f"{ID}/code/renewal")
    newest = code_for("maya@example.org")
    if newest != asked:
        assert walker.post(f"{ID}/code", {"digits": asked}).status_code == 422
    walker.type_code(newest)
    assert walker.here == DESIGNERS


def test_a_renewal_keeps_what_a_newcomer_typed(walker, hall):
    walker.post(f"{ID}/sign-up", {"name": "Ana Ruiz", "email": "ana@example.org"})
    walker.post(f"{ID}/code/renewal")
    assert "Ana Ruiz" in walker.type_code(code_for("ana@example.org")).text


def test_a_code_that_was_used_meanwhile_is_not_mailed(walker, maya, outbox):
    walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"})
    code = db.session.scalars(select(EmailCode)).one()
    code.used_at = clock.now()
    db.session.commit()
    assert mailed_to("maya@example.org") == []


def test_a_mail_that_is_tried_again_is_the_same_message(asked, outbox):
    code = db.session.scalars(select(EmailCode)).one()
    db.session.commit()
    with platform_context():
        send_code(code_id=str(code.id), hall="designers")
    assert len(outbox) == 1


def test_what_ended_is_cleared_away_after_a_day(walker, asked, hall):
    walker.type_code(asked)
    walker.post(f"{ID}/departure/everywhere")

    def kept():
        kinds = (EmailCode, Handover, IdentitySession)
        return [db.session.scalar(select(func.count()).select_from(kind)) for kind in kinds]

    assert kept() == [1, 1, 1]
    db.session.commit()
    with platform_context(), clock.travel(to=clock.now() + timedelta(days=2)):
        sweep()
        db.session.commit()
        assert kept() == [0, 0, 0]
        db.session.commit()
