"""The tiers that the demo's marketplaces sell, and who was given one.

They can be bought as soon as a leader has connected an account with the stand-in: prices are made there when first asked for.
"""

from datetime import timedelta

from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.memberships.models import Membership, Tier
from app.seeds.hall import Hall

_OPENED = timedelta(days=90)


def tell_of_memberships(hall: Hall) -> None:
    """Let the leader have made tiers a while ago, and given some away."""
    opened = clock.now() - _OPENED
    leader = hall.actor(hall.leader.id)
    tiers = {}
    for entry in hall.content.memberships.get("tier", ()):
        told = {name: entry[name] for name in ("name", "pitch", "includes", "trial_days") if name in entry}
        tier = Tier.draft(by=leader, now=opened, **told, **entry.get("limits", {}))
        for interval, amount in entry["prices"].items():
            tier.price(interval, amount, entry["currency"], by=leader, now=opened)
        tier.state = entry.get("state", "selling")
        tier.closed_at = opened if tier.state == "closed" else None
        tiers[tier.name] = tier
    hall.tenant.tier_count = sum(tier.is_selling for tier in tiers.values())
    for entry in hall.content.memberships.get("given", ()):
        member = hall.members[entry["who"]]
        given = Membership(id=new_id(), member_id=member.id, tier_id=tiers[entry["tier"]].id, source="complimentary")
        db.session.add(given)
        given.begin(now=opened)
