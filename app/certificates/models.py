"""A certificate, from its issue to its end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.certificates.claim import DETAILS, Claim
from app.certificates.failures import NoLongerStands
from app.core.database import Base
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

ENDS = ("withdrawn", "annulled")


class Certificate(TenantRow, Base):
    """What the marketplace signed about one of its members, about one piece of work or one thing they were vetted for.

    It goes with its holder: whoever has left could not take it back any more. `why` is what a leader said for annulling it.
    """

    __tablename__ = "certificates"
    shown_in = ()
    __table_args__ = (
        tenant_key("holder_id", "members", ondelete="CASCADE"),
        tenant_key("agreement_id", "agreements"),
        tenant_key("expertise_id", "expertises", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "code_digest"),
        CheckConstraint(one_of("about", tuple(DETAILS)), name="about_known"),
        CheckConstraint("(about = 'vetting') = (expertise_id IS NOT NULL)", name="vetting_named"),
        CheckConstraint("(about = 'vetting') = (agreement_id IS NULL)", name="work_named"),
        CheckConstraint("octet_length(signature) = 64", name="signature_is_whole"),
        CheckConstraint(f"ended IS NULL OR {one_of('ended', ENDS)}", name="end_known"),
        CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="ended_at_some_time"),
        CheckConstraint("ended <> 'annulled' OR why <> ''", name="annulled_for_a_reason"),
        Index(
            "certificates_of_work_key",
            "tenant_id",
            "holder_id",
            "agreement_id",
            unique=True,
            postgresql_where=text("ended IS NULL AND agreement_id IS NOT NULL"),
        ),
        Index(
            "certificates_of_vetting_key",
            "tenant_id",
            "holder_id",
            "expertise_id",
            unique=True,
            postgresql_where=text("ended IS NULL AND expertise_id IS NOT NULL"),
        ),
        Index("certificates_holder_idx", "tenant_id", "holder_id"),
        Index("certificates_newest_idx", text("tenant_id"), text("issued_at DESC"), text("id DESC")),
        Index("certificates_agreement_idx", "tenant_id", "agreement_id"),
        Index("certificates_expertise_idx", "tenant_id", "expertise_id"),
    )

    holder_id: Mapped[UUID]
    about: Mapped[str]
    agreement_id: Mapped[UUID | None]
    expertise_id: Mapped[UUID | None]
    code_digest: Mapped[str]
    payload: Mapped[str]
    key_id: Mapped[UUID]
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime]
    ended: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(server_default="")

    @property
    def claim(self) -> Claim:
        return Claim.read(self.payload)

    def withdraw(self, *, by: Actor, now: datetime) -> None:
        """Let it stand no longer, since its holder does not want it to.

        :raises NoLongerStands: when it does not anyway.
        """
        self._end("withdrawn", now)
        record("withdraw", self, by=by)

    def annul(self, *, by: Actor, why: str, now: datetime) -> None:
        """Let it stand no longer, for a reason that its holder reads.

        :raises NoLongerStands: when it does not anyway.
        """
        self._end("annulled", now)
        self.why = why
        record("annul", self, by=by, why=why, holder_id=self.holder_id)

    def _end(self, how: str, now: datetime) -> None:
        if self.ended is not None:
            raise NoLongerStands
        self.ended, self.ended_at = how, now
