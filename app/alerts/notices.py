"""What alerts say in the list behind the bell: one line for each alert and letter."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core.database import db
from app.core.ids import new_id
from app.core.languages import gettext as _
from app.core.languages import ngettext, speaking
from app.notifications.inbox import count_up
from app.notifications.models import Notification
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member


@dataclass(frozen=True, slots=True)
class Notice:
    """That an alert has found something, or is about to end (`gigs` is 0): to a member, in their language."""

    letter_id: UUID
    member_id: UUID
    alert_id: UUID
    name: str
    gigs: int
    language: str

    @property
    def title(self) -> str:
        with speaking(self.language):
            if not self.gigs:
                return _("Your alert “%(name)s” ends soon", name=self.name)
            return ngettext(
                "%(num)s new gig for “%(name)s”", "%(num)s new gigs for “%(name)s”", self.gigs, name=self.name
            )


def list_notices(notices: Sequence[Notice], *, now: datetime) -> None:
    """List these for their members, and count them at the bell."""
    if not notices:
        return
    # Members first and in one order, as whoever tells them does: neither waits for the other in a circle.
    db.session.execute(
        select(Member.id)
        .where(scoped(Member), Member.id.in_({notice.member_id for notice in notices}))
        .order_by(Member.id)
        .with_for_update(key_share=True)
    )
    db.session.execute(insert(Notification), [_row(notice, now) for notice in notices])
    count_up(Counter(notice.member_id for notice in notices))


def _row(notice: Notice, now: datetime) -> dict[str, Any]:
    return {
        "tenant_id": current_tenant_id(),
        "id": new_id(),
        "member_id": notice.member_id,
        "event": "alert.found" if notice.gigs else "alert.ending",
        "source": f"alert:{notice.letter_id}:{notice.alert_id}",
        "title": notice.title,
        "path": f"/alerts/{notice.alert_id}",
        "data": {"subject": str(notice.alert_id)},
        "created_at": now,
    }
