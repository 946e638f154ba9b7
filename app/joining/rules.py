"""The terms and guidelines of a tenant, in versions: a new one asks everybody again."""

import re
from datetime import datetime

from sqlalchemy import select, update

from app.activity.recording import record
from app.core.database import db
from app.joining.models import Rules, RulesAcceptance
from tenants.context import Actor, current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tenants.versions import touch

_NAMED = re.compile(r"^[ \t]*\d+[.)][ \t]+\*\*([^*\n]{2,120})\*\*", re.MULTILINE)


def rules_in_force() -> Rules | None:
    """Return the newest version, or None while the tenant has published none."""
    return db.session.scalars(select(Rules).where(scoped(Rules)).order_by(Rules.version.desc()).limit(1)).one_or_none()


def all_rules() -> list[Rules]:
    """Return every version, newest first."""
    return list(db.session.scalars(select(Rules).where(scoped(Rules)).order_by(Rules.version.desc())))


def rules_by_name() -> list[str]:
    """Return the names of the rules in force: the bold beginnings of numbered lines in the guidelines (“1. **Answer.** …”)."""
    rules = rules_in_force()
    return [found.rstrip(".:!") for found in _NAMED.findall(rules.guidelines)] if rules else []


def publish_rules(*, terms: str, guidelines: str, note: str, by: Actor | None, now: datetime) -> Rules:
    """Return the new version, in force from now on: every member is asked to accept it before they go on."""
    row = db.session.scalars(select(Tenant).where(Tenant.id == current_tenant_id()).with_for_update()).one()
    row.rules_version += 1
    rules = Rules(
        version=row.rules_version,
        terms=terms,
        guidelines=guidelines,
        change_note=note,
        published_by=by.id if by else None,
        published_at=now,
    )
    db.session.add(rules)
    db.session.flush()
    if by is not None:
        # Whoever writes the rules has read them.
        accept_rules(db.session.get_one(Member, (current_tenant_id(), by.id)), now=now, version=rules.version)
    record("published_rules", rules, by=by, to=str(rules.version), why=note)
    touch("hall")
    return rules


def accept_rules(member: Member, *, now: datetime, version: int | None = None) -> None:
    """Note that a member accepts the version in force. Accepting twice changes nothing."""
    accepted = tenant.rules_version if version is None else version
    if member.rules_version >= accepted:
        return
    db.session.add(RulesAcceptance(member_id=member.id, version=accepted, accepted_at=now))
    db.session.execute(update(Member).where(scoped(Member), Member.id == member.id).values(rules_version=accepted))
