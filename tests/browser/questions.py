"""Pages that ask before a step, and those where something begins between two people."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tests.browser.turns import Stop


def questions(demo: Any, leader: UUID, member: UUID) -> Iterator[Stop]:
    """Give the pages that ask before a step, or for a word about it."""
    query = "SELECT id, client_id FROM hall, agreements WHERE tenant_id = here AND state = %s ORDER BY id LIMIT 1"
    active, disputed = demo.rows(query, "active")[0], demo.rows(query, "disputed")[0]
    for step in ("cancellation", "dispute", "pause"):
        yield active.client_id, f"/agreements/{active.id}/{step}"
    yield leader, f"/agreements/{disputed.id}/settlement"
    query = (
        "SELECT a.id, worker_id FROM hall, agreements a JOIN credit_transfers t ON t.agreement_id = a.id"
        " WHERE a.tenant_id = here AND t.kind = 'give' ORDER BY a.id LIMIT 1"
    )
    given = demo.rows(query)[0]
    yield given.worker_id, f"/agreements/{given.id}/hours/return"
    query = "SELECT id, applicant_id FROM hall, applications WHERE tenant_id = here AND state = 'sent' LIMIT 1"
    sent = demo.rows(query)[0]
    yield sent.applicant_id, f"/applications/{sent.id}/withdrawal"
    query = "SELECT id, author_id FROM hall, gigs WHERE tenant_id = here AND state = %s ORDER BY id LIMIT 1"
    live, waiting = demo.rows(query, "open")[0], demo.rows(query, "in_review")[0]
    for step in ("closure", "pause"):
        yield live.author_id, f"/gigs/{live.id}/{step}"
    yield leader, f"/gigs/{live.id}/removal"
    yield leader, f"/gigs/{waiting.id}/return"
    yield leader, f"/desk/invitations/gigs/{live.id}"
    yield member, f"/reports/new/gig/{live.id}"
    yield member, "/profile/portfolio/new"


def beginnings(demo: Any, leader: UUID, member: UUID) -> Iterator[Stop]:
    """Give the pages where something begins between two people, and what else one finds only on the way."""
    gig = demo.rows(
        "SELECT g.id, author_id FROM hall, gigs g WHERE tenant_id = here AND state = 'open' AND accepting AND seats_taken < seats"
        " AND author_id <> %(who)s AND NOT EXISTS (SELECT FROM applications a WHERE a.gig_id = g.id AND applicant_id = %(who)s)"
        " AND NOT EXISTS (SELECT FROM threads t WHERE t.gig_id = g.id AND %(who)s IN (low_id, high_id)) ORDER BY g.id LIMIT 1",
        who=member,
    )[0]
    yield member, f"/gigs/{gig.id}/applications/new"
    yield member, f"/gigs/{gig.id}/messages/{gig.author_id}"
    reviewed = demo.rows(
        "SELECT a.id, client_id FROM hall, agreements a WHERE tenant_id = here AND reviews_until > now() AND NOT EXISTS"
        " (SELECT FROM reviews r WHERE r.agreement_id = a.id AND r.author_id = client_id) ORDER BY a.id LIMIT 1"
    )[0]
    yield reviewed.client_id, f"/agreements/{reviewed.id}/reviews/new"
    piece = demo.rows("SELECT id, member_id FROM hall, portfolio_items WHERE tenant_id = here ORDER BY id LIMIT 1")[0]
    yield piece.member_id, f"/profile/portfolio/{piece.id}"
    page = demo.rows("SELECT id FROM hall, pages WHERE tenant_id = here ORDER BY id LIMIT 1")[0]
    yield leader, f"/desk/pages/{page.id}/versions/1"
    yield member, "/tribes"
