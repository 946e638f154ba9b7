"""A front page as it is kept: what everybody sees, and the draft that a leader looks at first."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Integer, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.editorial.arrangement import Arrangement
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantLink, scoped, tenant_key
from tenants.versions import touch


class ChangedMeanwhile(Conflict):
    message = _l("Somebody changed the front page since you opened this. Here is how it stands now.")


class FrontPage(TenantLink, Base):
    """The arrangement of a tenant's front page. `edition` counts all changes, so that a page opened earlier is recognised."""

    __tablename__ = "front_pages"
    shown_in = ("hall",)
    # Until it is published a draft is looked at on pages that nobody remembers.
    never_shown = frozenset({"draft", "edition", "changed_at", "changed_by"})
    __table_args__ = (tenant_key("changed_by", "members"),)

    published: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    draft: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    edition: Mapped[int] = mapped_column(Integer, server_default="0")
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[UUID | None]

    @classmethod
    def of_hall(cls) -> Self:
        """Return the tenant's, or an unsaved one with the usual blocks where nobody has changed anything."""
        return db.session.get(cls, current_tenant_id()) or cls(published=[], draft=None, edition=0)

    @classmethod
    def locked(cls) -> Self:
        """Return the tenant's, made now where it is missing, for this transaction alone to change."""
        here = select(cls).where(scoped(cls)).with_for_update().execution_options(populate_existing=True)
        row = db.session.scalars(here).one_or_none()
        if row is None:
            db.session.execute(insert(cls).values(tenant_id=current_tenant_id()).on_conflict_do_nothing())
            row = db.session.scalars(here).one()
        return row

    @property
    def live(self) -> Arrangement:
        """What everybody sees."""
        return Arrangement.read(self.published)

    @property
    def drafted(self) -> Arrangement:
        """What a leader works on; the same as everybody sees while nothing is changed."""
        return self.live if self.draft is None else Arrangement.read(self.draft)

    @property
    def has_draft(self) -> bool:
        return self.draft is not None

    def arrange(self, wanted: Arrangement, *, seen: int, by: Actor, now: datetime) -> None:
        """Put an arrangement in the draft; one that is what everybody sees leaves none.

        :param seen: the edition that the change was made on.
        :raises ChangedMeanwhile: when another one is there now.
        """
        self._change(seen=seen, by=by, now=now)
        self.draft = None if wanted == self.live else wanted.stored()

    def publish(self, *, seen: int, by: Actor, now: datetime) -> None:
        """Let everybody see the draft, as it was looked at.

        :raises ChangedMeanwhile: when it is another one now.
        """
        self._change(seen=seen, by=by, now=now)
        if self.draft is not None:
            self.published, self.draft = self.draft, None
            # A tenant's id is a number, so its facts hang on the member who acted.
            record("arranged_front", by, by=by, kind="tenant")
            touch("hall")

    def discard(self, *, seen: int, by: Actor, now: datetime) -> None:
        """Drop the draft.

        :raises ChangedMeanwhile: when it is another one now.
        """
        self._change(seen=seen, by=by, now=now)
        self.draft = None

    def _change(self, *, seen: int, by: Actor, now: datetime) -> None:
        if seen != self.edition:
            raise ChangedMeanwhile
        self.edition += 1
        self.changed_at, self.changed_by = now, by.id
