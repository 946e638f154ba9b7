"""The pages of experts on the tour: a bench, asking, requests as those see them who ask, decide and settle, and questions."""

from collections.abc import Iterator
from typing import Any

Stop = tuple[Any, str]


def experts(demo: Any, leader: Any, member: Any) -> Iterator[Stop]:
    """Give every page about experts."""
    query = (
        "SELECT v.id, v.member_id, c.slug FROM hall, vettings v JOIN categories c ON c.id = category_id"
        " WHERE v.tenant_id = here AND v.state = %s ORDER BY v.id LIMIT 1"
    )
    granted, tied = demo.rows(query, "granted")[0], demo.rows(query, "tied")[0]
    bench = f"/categories/{granted.slug}/experts"
    yield from (
        (None, bench),
        (leader, bench),
        (member, bench),
        (leader, f"{bench}/settings"),
        (member, f"{bench}/new"),
    )
    yield granted.member_id, f"/vettings/{granted.id}"
    yield leader, f"/vettings/{tied.id}"
    deciding = (
        "SELECT v.id, r.member_id FROM hall, vettings v JOIN roles r ON r.category_id = v.category_id"
        " AND r.role = 'category_leader' WHERE v.tenant_id = here AND r.tenant_id = here AND v.state = 'open'"
        " AND NOT EXISTS (SELECT FROM vetting_opinions o WHERE o.vetting_id = v.id AND o.decider_id = r.member_id)"
        " ORDER BY v.id LIMIT 1"
    )
    open_ = demo.rows(deciding)[0]
    yield open_.member_id, f"/vettings/{open_.id}"
    own = demo.rows("SELECT id FROM hall, vettings WHERE tenant_id = here AND member_id = %s LIMIT 1", member)[0]
    yield member, f"/vettings/{own.id}"
    yield granted.member_id, f"/people/{granted.member_id}"
    yield from _questions(demo, leader, member)


def _questions(demo: Any, leader: Any, member: Any) -> Iterator[Stop]:
    query = (
        "SELECT q.id, q.member_id, q.gig_id, c.slug, coalesce(q.holder_id, q.answered_by) AS worker_id"
        " FROM hall, expert_questions q JOIN categories c ON c.id = q.category_id"
        " WHERE q.tenant_id = here AND q.state = %s AND NOT q.is_private ORDER BY q.gig_id NULLS LAST, q.id LIMIT 1"
    )
    answered, taken, passed_on = (demo.rows(query, state)[0] for state in ("answered", "taken", "passed_on"))
    at = f"/categories/{answered.slug}/questions"
    yield from (
        (None, at),
        (member, at),
        (answered.worker_id, at),
        (member, f"{at}/new"),
        (member, f"/gigs/{answered.gig_id}/questions/new"),
        (None, f"/gigs/{answered.gig_id}"),
        (member, f"/gigs/{answered.gig_id}"),
        (None, f"/questions/{answered.id}"),
        (answered.member_id, f"/questions/{answered.id}"),
        (member, f"/reports/new/answer/{answered.id}"),
        (taken.worker_id, f"/questions/{taken.id}"),
        (taken.member_id, f"/questions/{taken.id}"),
        (leader, f"/questions/{passed_on.id}"),
    )
