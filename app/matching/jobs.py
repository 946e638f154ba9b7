"""Which skills go together in a marketplace: worked out once a night from what its gigs ask for."""

from sqlalchemy import delete, select, text

from app.core.database import db
from app.core.jobs import job, periodic
from app.matching.models import SkillKin
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Tenant

# The newest gigs say what goes together now. Two skills that met once may have met by chance; few have more than a score of
# companions that say anything.
_GIGS, _AT_LEAST, _EACH = 20_000, 2, 20

_PUT = text(
    """
    WITH newest AS (
        SELECT id FROM gigs
         WHERE tenant_id = :tenant_id AND state NOT IN ('draft', 'in_review', 'removed') ORDER BY id DESC LIMIT :gigs
    ), asked AS MATERIALIZED (
        SELECT gig_id, skill_id
          FROM newest JOIN gig_skills ON gig_skills.tenant_id = :tenant_id AND gig_id = newest.id AND relation = 'needed'
    ), uses AS (
        SELECT skill_id, count(*) AS times FROM asked GROUP BY skill_id
    ), pairs AS (
        SELECT one.skill_id AS asked_id, other.skill_id, count(*) AS times
          FROM asked one JOIN asked other USING (gig_id) WHERE one.skill_id <> other.skill_id
         GROUP BY one.skill_id, other.skill_id HAVING count(*) >= :at_least
    ), ranked AS (
        -- As if two more gigs had asked for the one without the other: a share of a few gigs says less than one of many.
        SELECT pairs.asked_id, pairs.skill_id, pairs.times / (uses.times + 2.0) AS strength,
               row_number() OVER (PARTITION BY pairs.asked_id ORDER BY pairs.times DESC, pairs.skill_id) AS place
          FROM pairs JOIN uses ON uses.skill_id = pairs.asked_id
    )
    INSERT INTO skill_kin (tenant_id, asked_id, skill_id, strength)
    SELECT :tenant_id, asked_id, skill_id, strength FROM ranked WHERE place <= :each
        ON CONFLICT (tenant_id, asked_id, skill_id) DO UPDATE SET strength = excluded.strength
    """
)


@periodic("17 3 * * *", "matching.clockwork")
def strike() -> None:
    """Let every tenant see once a night which of its skills go together."""
    relate.enqueue_for(*db.session.scalars(select(Tenant.id).where(Tenant.status == "active")))


@job("matching.relate")
def relate() -> None:
    """Work out anew which skills go together."""
    db.session.execute(delete(SkillKin).where(scoped(SkillKin)).execution_options(synchronize_session=False))
    values = {"tenant_id": current_tenant_id(), "gigs": _GIGS, "at_least": _AT_LEAST, "each": _EACH}
    db.session.execute(_PUT, values)
