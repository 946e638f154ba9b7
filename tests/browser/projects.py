"""The pages of projects on the tour: each state of one, as its client, its coordinator and its people see it."""

from collections.abc import Iterator
from typing import Any

Stop = tuple[Any, str]


def projects(demo: Any) -> Iterator[Stop]:
    """Give every page about projects."""
    query = "SELECT p.id, client_id, coordinator_id FROM hall, projects p WHERE tenant_id = here AND state = %s LIMIT 1"
    for state in ("suggested", "planning", "offered", "running"):
        row = demo.rows(query, state)[0]
        yield row.client_id, f"/projects/{row.id}"
        yield row.coordinator_id, f"/projects/{row.id}"
    for room in ("talk", "tasks", "decisions", "files"):
        yield row.client_id, f"/projects/{row.id}/{room}"
        yield row.coordinator_id, f"/projects/{row.id}/{room}"
    yield row.client_id, "/projects"
    yield row.coordinator_id, f"/projects/{row.id}/waits"
    for step in ("ending", "rest", "counter"):
        yield row.client_id, f"/projects/{row.id}/{step}"
    finished = demo.rows(query, "finished")[0]
    for member_id in (finished.client_id, finished.coordinator_id):
        yield member_id, f"/projects/{finished.id}"
        yield member_id, f"/projects/{finished.id}/reviews/new"
    yield finished.client_id, f"/people/{finished.coordinator_id}"
    suggested, planned = demo.rows(query, "suggested")[0], demo.rows(query, "planning")[0]
    yield suggested.client_id, f"/projects/{suggested.id}/refusal"
    for step in ("giving-up", "roles/new", "offers/new"):
        yield planned.coordinator_id, f"/projects/{planned.id}/{step}"
    yield row.coordinator_id, f"/projects/{row.id}/handover"
    asked = demo.rows(
        "SELECT project_id AS id, to_id AS member_id FROM hall, project_handovers WHERE tenant_id = here LIMIT 1"
    )[0]
    yield asked.member_id, f"/projects/{asked.id}"
    yield asked.member_id, f"/projects/{asked.id}/handover/refusal"
    yield from _roles(demo, row)
    gig = demo.rows(
        "SELECT g.id, r.member_id FROM hall, gigs g JOIN roles r ON r.tenant_id = g.tenant_id"
        " AND r.role = 'category_leader' AND r.category_id = g.category_id WHERE g.tenant_id = here AND g.state = 'open'"
        " AND g.direction = 'request' AND g.author_id <> r.member_id AND g.coordinator_id IS NULL"
        " AND NOT EXISTS (SELECT FROM projects p WHERE p.gig_id = g.id) ORDER BY g.id LIMIT 1"
    )[0]
    yield gig.member_id, f"/gigs/{gig.id}/project"


def _roles(demo: Any, running: Any) -> Iterator[Stop]:
    query = (
        "SELECT r.id, r.worker_id, r.application_id, r.gig_id, p.coordinator_id FROM hall, project_roles r"
        " JOIN projects p ON p.id = r.project_id WHERE r.tenant_id = here AND p.state = 'planning'"
        " AND r.asked_at IS NOT NULL ORDER BY r.agreed_at NULLS FIRST LIMIT 1"
    )
    asked = demo.rows(query)[0]
    yield asked.worker_id, f"/parts/{asked.id}"
    yield asked.worker_id, f"/parts/{asked.id}/refusal"
    yield asked.worker_id, f"/gigs/{asked.gig_id}"
    yield asked.coordinator_id, f"/applications/{asked.application_id}/part"
    yield asked.coordinator_id, f"/gigs/{asked.gig_id}/applications"
    role = demo.rows(
        "SELECT id FROM hall, project_roles WHERE tenant_id = here AND project_id = %s LIMIT 1", running.id
    )[0]
    yield running.coordinator_id, f"/projects/{running.id}/roles/{role.id}/replacement"
    yield running.coordinator_id, f"/projects/{running.id}/roles/{role.id}/omission"
