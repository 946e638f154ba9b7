"""The pages of thanks and certificates on the tour."""

from collections.abc import Iterator
from typing import Any

from tests.browser.turns import Stop


def recognition(demo: Any, leader: Any, member: Any) -> Iterator[Stop]:
    """Give every page about them: one's own, giving and issuing, the leaders', and what anybody sees behind a link."""
    yield member, "/kudos"
    # The leader of the demo was thanked and has said it less than five times.
    yield leader, f"/people/{member}/kudos"
    query = "SELECT id, holder_id AS member_id FROM hall, certificates WHERE tenant_id = here AND ended %s ORDER BY id LIMIT 1"
    standing, over = (demo.rows(query.replace("%s", end))[0] for end in ("IS NULL", "IS NOT NULL"))
    yield standing.member_id, "/certificates"
    yield leader, "/desk/certificates"
    yield leader, f"/desk/certificates/{standing.id}/annulment"
    yield None, demo.certified(standing.id)
    yield None, demo.certified(over.id)
    yield None, "/certified/ABCD-EFGH-JKLM-NPQR-STUV"
    uncertified = (
        "SELECT a.id, worker_id FROM hall, agreements a JOIN members m ON m.tenant_id = a.tenant_id AND m.id = worker_id"
        " WHERE a.tenant_id = here AND a.state = 'reviewed' AND m.standing = 'active' AND NOT EXISTS (SELECT FROM"
        " certificates t WHERE t.tenant_id = here AND t.agreement_id = a.id AND t.ended IS NULL) ORDER BY a.id LIMIT 1"
    )
    row = demo.rows(uncertified)[0]
    yield row.worker_id, f"/certificates/of/work/{row.id}"
    yield row.worker_id, f"/agreements/{row.id}"
