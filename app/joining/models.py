"""Coming in: invitations, requests to join, and the rules that everybody accepts."""

from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import User
from app.activity.recording import record
from app.core.database import Base, db
from app.core.errors import Conflict, Gone
from app.core.ids import new_id
from app.core.languages import lazy_gettext as _l
from app.core.tokens import digest
from app.joining.admission import admit
from app.joining.onward import gig_at
from app.joining.tokens import token_for
from billing.entitlements import take_room_for_member
from tenants.context import Actor, current_tenant
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.links import hall_url
from tenants.models import Member

INVITATION_LIFETIME = timedelta(days=14)


class InvitationOver(Gone):
    message = _l("This invitation is no longer open. Ask whoever sent it for a new one.")


class AlreadyDecided(Conflict):
    message = _l("This request was answered before.")


class Invitation(TenantRow, Base):
    """One person asked in by e-mail. Who asked is shown; it expires and can be revoked."""

    __tablename__ = "invitations"
    __table_args__ = (
        tenant_key("invited_by", "members"),
        tenant_key("accepted_by", "members"),
        UniqueConstraint("tenant_id", "token_hash"),
        Index("invitations_email_idx", "tenant_id", "email"),
    )

    email: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    role: Mapped[str] = mapped_column(server_default="member")
    token_hash: Mapped[str]
    invited_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[UUID | None]

    @classmethod
    def send(
        cls, email: str, *, by: Actor, now: datetime, name: str = "", note: str = "", role: str = "member"
    ) -> Self:
        """Return a new invitation, its mail on the way; an older one to the same address is revoked by it."""
        for older in db.session.scalars(select(cls).where(scoped(cls), func.lower(cls.email) == email.lower())):
            if older.is_open(now=now):
                older.revoked_at = now
        invitation = cls(email=email, name=name, note=note, role=role, invited_by=by.id, created_at=now, token_hash="")
        invitation.id = new_id()
        invitation.token_hash = digest(invitation.token)
        invitation.expires_at = now + INVITATION_LIFETIME
        db.session.add(invitation)
        db.session.flush()
        record("invited", invitation, by=by, to="open")
        return invitation

    @property
    def token(self) -> str:
        """Return the secret of the invitation's link: derived from its id with our own key, so that it can be mailed again."""
        return token_for(self.id)

    def is_open(self, *, now: datetime) -> bool:
        return self.revoked_at is None and self.accepted_at is None and self.expires_at > now

    def revoke(self, *, by: Actor, now: datetime) -> None:
        """Take the invitation back; its link stops working.

        :raises InvitationOver: when it was accepted or revoked before.
        """
        if self.accepted_at is not None or self.revoked_at is not None:
            raise InvitationOver
        self.revoked_at = now
        record("revoked", self, by=by, from_="open", to="revoked")

    def accept(self, *, member: Member, now: datetime) -> None:
        """Note who came by it.

        :raises InvitationOver: when it is no longer open.
        """
        if not self.is_open(now=now):
            raise InvitationOver
        self.accepted_at, self.accepted_by = now, member.id


class InvitationLink(TenantRow, Base):
    """A link to pass on: a number of uses, an end, renewable. The token is kept readable since leaders copy it again."""

    __tablename__ = "invitation_links"
    __table_args__ = (
        tenant_key("created_by", "members"),
        UniqueConstraint("tenant_id", "token"),
        CheckConstraint("uses_left >= 0", name="uses_left_not_negative"),
    )

    token: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    # Where whoever comes by it is led to: a page of this host, or empty.
    onward: Mapped[str] = mapped_column(server_default="")
    uses_left: Mapped[int] = mapped_column(Integer)
    used: Mapped[int] = mapped_column(Integer, server_default="0")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    @property
    def address(self) -> str:
        """Return what is passed on: the whole address."""
        return hall_url(current_tenant(), "joining.invitation", token=self.token, onward=self.onward or None)

    def is_open(self, *, now: datetime) -> bool:
        return self.revoked_at is None and self.uses_left > 0 and self.expires_at > now

    def use(self, *, now: datetime) -> None:
        """Take one of its uses, on a row that is locked.

        :raises InvitationOver: when none is left, or its time is over.
        """
        if not self.is_open(now=now):
            raise InvitationOver
        self.uses_left -= 1
        self.used += 1

    def renew(self, *, uses: int, until: datetime, by: Actor) -> None:
        """Give it new uses and a new end; also when it was used up or revoked."""
        self.uses_left, self.expires_at, self.revoked_at = uses, until, None
        record("renewed", self, by=by, to="open", uses=uses)

    def revoke(self, *, by: Actor, now: datetime) -> None:
        """Stop it from letting anybody in."""
        if self.revoked_at is None:
            self.revoked_at = now
            record("revoked", self, by=by, from_="open", to="revoked")


class JoinRequest(TenantRow, Base):
    """Somebody asks to be let in and answers the tenant's questions."""

    __tablename__ = "join_requests"
    __table_args__ = (
        tenant_key("decided_by", "members"),
        tenant_key("invitation_id", "invitations"),
        CheckConstraint("state IN ('asked', 'approved', 'refused', 'withdrawn')", name="state_known"),
        Index("join_requests_open_key", "tenant_id", "user_id", unique=True, postgresql_where=text("state = 'asked'")),
        Index("join_requests_queue_idx", "tenant_id", "state", "id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    email: Mapped[str]
    answers: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    state: Mapped[str] = mapped_column(server_default="asked")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(server_default="")
    onward: Mapped[str] = mapped_column(server_default="")
    # By which way they come in. Only by `approval` does somebody decide: all others wait for nothing but room.
    way: Mapped[str] = mapped_column(server_default="approval")
    invitation_id: Mapped[UUID | None]

    def approve(self, user: User, *, by: Actor, now: datetime) -> Member:
        """Let the person in and return the new member.

        :raises AlreadyDecided: when somebody was quicker.
        :raises HallFull: when there is no room; the request waits.
        """
        take_room_for_member(now=now)
        self._decide("approved", by=by, now=now)
        return admit(user, name=self.name, by=by, how="approval", came_for=gig_at(self.onward))

    @property
    def waits_for_room(self) -> bool:
        """Whether nothing but room is missing: nobody has to decide."""
        return self.state == "asked" and self.way != "approval"

    def let_in(self, *, now: datetime) -> None:
        """Note that there was room for whoever waited for it."""
        self._decide("approved", by=None, now=now)

    def refuse(self, *, by: Actor, why: str, now: datetime) -> None:
        """Say no, with a reason that the person reads.

        :raises AlreadyDecided: when somebody was quicker.
        """
        self._decide("refused", by=by, now=now, why=why)

    def withdraw(self, *, now: datetime) -> None:
        """The person no longer asks.

        :raises AlreadyDecided: when it was answered before.
        """
        self._decide("withdrawn", by=None, now=now)

    def _decide(self, state: str, *, by: Actor | None, now: datetime, why: str = "") -> None:
        if self.state != "asked":
            raise AlreadyDecided
        self.state, self.decided_at, self.decided_by, self.reason = state, now, by.id if by else None, why
        record(state, self, by=by, kind="join_request", from_="asked", to=state, why=why)


class Rules(TenantRow, Base):
    """One version of the tenant's terms and guidelines. The newest is in force; a new one asks everybody again."""

    __tablename__ = "rules"
    shown_in = ("hall",)
    __table_args__ = (tenant_key("published_by", "members"), UniqueConstraint("tenant_id", "version"))

    version: Mapped[int] = mapped_column(Integer)
    terms: Mapped[str] = mapped_column(server_default="")
    guidelines: Mapped[str] = mapped_column(server_default="")
    change_note: Mapped[str] = mapped_column(server_default="")
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime]


class RulesAcceptance(TenantRow, Base):
    """Who accepted which version, and when."""

    __tablename__ = "rules_acceptances"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "member_id", "version"),
    )

    member_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(Integer)
    accepted_at: Mapped[datetime]
