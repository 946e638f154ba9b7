"""Accounts for those who have none yet, so that a marketplace's figures count everybody."""

from sqlalchemy import exists, select

from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.credits.accounts import account_of
from app.credits.models import CreditAccount
from tenants.isolation import scoped
from tenants.models import Member

_BATCH = 200


@job("credits.open_accounts")
def open_accounts() -> None:
    """Open the accounts of members who have none, some at a time; the next job goes on."""
    has_one = exists().where(
        CreditAccount.tenant_id == Member.tenant_id,
        CreditAccount.member_id == Member.id,
        CreditAccount.kind == "member",
    )
    without = select(Member.id).where(scoped(Member), Member.standing == "active", ~has_one).order_by(Member.id)
    found = db.session.scalars(without.limit(_BATCH)).all()
    for member_id in found:
        account_of(member_id, now=clock.now())
    if len(found) == _BATCH:
        open_accounts.enqueue()
