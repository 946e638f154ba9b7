"""What is paid in for work, and reaches the balance after it is paid."""

import pytest

from app.core import clock
from app.core.database import db
from billing.following import follow
from billing.gateway import NotSettled
from tests.payments.arranging import SKETCH, work


def test_what_is_paid_in_for_work_is_held_when_its_money_has_come(hall, money, outbox, monkeypatch):
    monkeypatch.setattr("app.payments.funding.CAPTURED_AT_ONCE", {})
    job = work(money)
    job.world.captures_late = True
    with pytest.raises(NotSettled):
        job.fund()
    money.days_pass(0.1)
    db.session.rollback()
    follow("platform", "checkout.session", job.payment().session_id, None, now=clock.now())
    assert (job.payment().state, job.payment().held) == ("held", SKETCH)
