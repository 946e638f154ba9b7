"""Marketplaces that would be without a leader if a person's account were closed."""

from uuid import UUID

from app.accounts.tribes import memberships_of
from app.core.database import db
from app.joining.roles import is_only_leader
from tenants.context import fresh_tenant_context


def led_alone_by(user_id: UUID) -> list[str]:
    """Return the slugs of the marketplaces that nobody but this person leads. For the console: each is asked in a transaction
    of its own, and none is open afterwards.
    """
    alone = []
    for membership in memberships_of(user_id):
        with fresh_tenant_context(membership.tenant_id):
            if is_only_leader(membership.member_id):
                alone.append(membership.slug)
    db.session.commit()
    return alone
