"""The rules: who has earned which badge, as one statement over the facts themselves."""

from dataclasses import dataclass

from sqlalchemy import text

from app.core.languages import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Rule:
    """One badge: what it is called, what it means, and a select of the members of `asked` who have earned it."""

    name: str
    meaning: str
    earned_by: str


_DONE = "agreement.tenant_id = :tenant_id AND agreement.state IN ('accepted', 'reviewed')"
# How many hands of the newest are looked at, of how many at least, and how soon each is answered.
QUICK_OF, QUICK_AT_LEAST, QUICK_HOURS = 10, 5, 48

RULES: dict[str, Rule] = {
    "first_gig": Rule(
        _l("First gig"),
        _l("Did work here that was accepted."),
        f"""
        SELECT id FROM asked
         WHERE EXISTS (SELECT FROM agreements agreement WHERE {_DONE} AND worker_id = asked.id)
        """,
    ),
    "mentor": Rule(
        _l("Mentor"),
        _l("Brought five mentorships to their end."),
        f"""
        SELECT id FROM asked
         WHERE (SELECT count(*) FROM agreements agreement
                 WHERE {_DONE} AND worker_id = asked.id AND kind = 'mentorship') >= 5
        """,
    ),
    "quick": Rule(
        _l("Answers soon"),
        _l("Answered each of the last hands raised for their gigs within two days."),
        f"""
        SELECT asked.id FROM asked CROSS JOIN LATERAL (
            SELECT application.created_at, (
                   SELECT min(fact.created_at) FROM activities fact
                    WHERE fact.tenant_id = :tenant_id AND subject_kind = 'application' AND subject_id = application.id
                      AND fact.actor_id = asked.id) AS answered_at
              FROM gigs gig JOIN applications application
                ON application.tenant_id = :tenant_id AND application.gig_id = gig.id
             WHERE gig.tenant_id = :tenant_id AND gig.author_id = asked.id AND application.state <> 'withdrawn'
             ORDER BY application.created_at DESC, application.id DESC LIMIT {QUICK_OF}) hand
         -- Who raised one just now may still be answered in time.
         WHERE answered_at IS NOT NULL OR hand.created_at <= :now - make_interval(hours => {QUICK_HOURS})
         GROUP BY asked.id
        HAVING count(*) >= {QUICK_AT_LEAST}
           AND bool_and(coalesce(answered_at - hand.created_at <= make_interval(hours => {QUICK_HOURS}), false))
        """,
    ),
    "founder": Rule(
        _l("Founder"),
        _l("Was the first to lead a category in which work has been finished since."),
        f"""
        SELECT asked.id FROM asked WHERE EXISTS (
            SELECT FROM terms_of_office term
             WHERE term.tenant_id = :tenant_id AND term.member_id = asked.id AND office = 'category_leader'
               AND NOT EXISTS (
                   SELECT FROM terms_of_office earlier
                    WHERE earlier.tenant_id = :tenant_id AND earlier.category_id = term.category_id
                      AND earlier.office = 'category_leader'
                      AND (earlier.starts_on, earlier.id) < (term.starts_on, term.id))
               AND EXISTS (
                   SELECT FROM gigs gig JOIN agreements agreement ON agreement.gig_id = gig.id
                    WHERE gig.tenant_id = :tenant_id AND gig.category_id = term.category_id AND {_DONE}))
        """,
    ),
    "trusted": Rule(
        _l("Vouched for"),
        _l("Three members vouch for them."),
        """
        SELECT asked.id FROM asked
         WHERE (SELECT count(*) FROM vouches vouch
                  JOIN members author
                    ON author.tenant_id = :tenant_id AND author.id = vouch.author_id AND author.standing = 'active'
                 WHERE vouch.tenant_id = :tenant_id AND vouch.subject_id = asked.id
                   AND vouch.state = 'shown' AND withheld_at IS NULL) >= 3
        """,
    ),
    "year": Rule(
        _l("A year here"),
        _l("Has been a member for a year or longer."),
        "SELECT id FROM asked WHERE joined_at <= :now - interval '1 year'",
    ),
}


def _every_rule() -> str:
    return " UNION ALL ".join(
        f"SELECT rule_{name}.id AS member_id, '{name}' AS badge FROM ({rule.earned_by}) rule_{name}"
        for name, rule in RULES.items()
    )


_ASKED = """
    WITH asked AS (
        SELECT id, joined_at FROM members
         WHERE tenant_id = :tenant_id AND standing = 'active' AND (CAST(:ids AS uuid[]) IS NULL OR id = ANY(:ids))
    ), earned AS (
"""

#: Makes what is kept equal to the rules, for members with these `ids` (null: everybody), and tells what is new and what is gone.
SETTLE = text(
    f"""
    {_ASKED} {_every_rule()}
    ), gone AS (
        DELETE FROM badges held
         WHERE tenant_id = :tenant_id AND (CAST(:ids AS uuid[]) IS NULL OR member_id = ANY(:ids))
           AND NOT EXISTS (SELECT FROM earned WHERE earned.member_id = held.member_id AND earned.badge = held.badge)
        RETURNING member_id, badge
    ), new AS (
        INSERT INTO badges (tenant_id, member_id, badge, earned_at)
        SELECT :tenant_id, member_id, badge, :now FROM earned
            ON CONFLICT (tenant_id, member_id, badge) DO NOTHING
        RETURNING member_id, badge
    )
    SELECT member_id, badge, true AS is_new FROM new UNION ALL SELECT member_id, badge, false FROM gone
     ORDER BY badge, member_id
    """
)
