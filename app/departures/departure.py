"""A member goes: on their own, removed, or banned. What others share with them stays; everything personal does not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from app.activity.recording import record
from app.agreements.answering import binding_agreements, leave_the_table, part_ways
from app.applications.answering import step_back
from app.attestations.models import forget_names_of
from app.core.database import db
from app.core.ids import new_id
from app.core.languages import lazy_gettext as _l
from app.credits.correcting import hand_over_hours
from app.departures.ending import end_gigs
from app.departures.failures import AlreadyGone, NotBanned, StillNeeded, YourOwnAgreement
from app.departures.forgetting import forget
from app.departures.jobs import AFTER, look_again, say_goodbye
from app.departures.obstacles import obstacles
from app.experts.leaving import leave_questions
from app.fees.following import give_back_drafts_of
from app.joining.models import Invitation, InvitationLink
from app.mandates.acting import end_mandates
from app.memberships.ending import end_memberships
from app.moderation.models import Measure
from app.moderation.models.measure import last_ban
from app.offers.receiving import forget_gifts
from app.profiles.models import Profile
from app.projects.leaving import leave_projects
from billing.entitlements import room_appeared
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member
from tenants.versions import touch

End = Literal["left", "removed", "banned"]

#: What the other sides read.
_WORDS: dict[str, str] = {
    "left": _l("They have left the marketplace."),
    "removed": _l("They are no longer a member here."),
    "banned": _l("They are no longer a member here."),
}


def leave(actor: Actor, *, now: datetime) -> None:
    """Let a member go who wants to. Their link to the person is cut: whoever comes again comes as somebody new.

    :raises StillNeeded: when others count on them.
    :raises AlreadyGone: when they left in another tab.
    """
    departure = Departure.of(actor.id, by=actor, to="left")
    found = obstacles(actor.id, lock=True)
    if found:
        raise StillNeeded(found)
    # The address is known for this one letter, the key names nobody.
    say_goodbye.enqueue(user_id=departure.member.user_id, key=new_id().hex)
    departure.happen(now=now)


def remove(member_id: UUID, *, by: Actor, rule: str, why: str, now: datetime) -> None:
    """End a membership for breaking a rule. The way back is a personal invitation.

    :raises YourOwnAgreement: when `by` is the other side of an agreement of theirs.
    :raises AlreadyGone: when somebody was faster.
    """
    Departure.of(member_id, by=by, to="removed", rule=rule, why=why).happen(now=now)


def ban(member_id: UUID, *, by: Actor, rule: str, why: str, now: datetime) -> None:
    """End a membership and remember the person, so that the door stays closed; else as `remove`."""
    Departure.of(member_id, by=by, to="banned", rule=rule, why=why).happen(now=now)


def lift_ban(member_id: UUID, *, by: Actor, why: str, now: datetime) -> None:
    """Let a banned person be invited again.

    :raises NotBanned: when they are not, or no longer.
    """
    key = (current_tenant_id(), member_id)
    member = db.session.get_one(Member, key, with_for_update={"key_share": True}, populate_existing=True)
    if member.standing != "banned":
        raise NotBanned
    elif (decided := last_ban(member_id)) is not None:
        decided.lift(by=by, why=why, now=now)
    else:
        # Whoever was banned before there was a log.
        member.standing, member.standing_reason, member.standing_changed_at = "removed", why, now
        record("lifted_ban", member, by=by, from_="banned", to="removed", why=why)


@dataclass(frozen=True, slots=True)
class Departure:
    """One member on their way out: first what others wait for is settled, then everything personal is forgotten."""

    member: Member
    by: Actor
    to: End
    rule: str = ""
    why: str = ""

    @classmethod
    def of(cls, member_id: UUID, *, by: Actor, to: End, rule: str = "", why: str = "") -> "Departure":
        """Return the departure of a member who is here. One departure at a time: a second waits, and then finds nobody.

        :raises AlreadyGone: when they are not here any more.
        """
        # Their profile is what is locked, as by whoever edits it; the member's own row comes last, after the gigs and
        # agreements, as wherever work is finished.
        Profile.of(member_id)
        member = db.session.get_one(Member, (current_tenant_id(), member_id), populate_existing=True)
        if member.standing != "active":
            raise AlreadyGone
        return cls(member, by, to, rule, why)

    def happen(self, *, now: datetime) -> None:
        """Do it, all in one transaction."""
        self._settle_work(now=now)
        leave_questions(self.member.id, now=now)
        leave_projects(self.member.id, by=self.by, why=str(_WORDS[self.to]), now=now)
        hand_over_hours(self.member.id, now=now)
        give_back_drafts_of(self.member.id)
        end_gigs(self.member.id, by=self.by, why=_WORDS[self.to])
        self._withdraw_invitations(now=now)
        end_memberships(self.member.id, now=now)
        forget_gifts(self.member.id)
        forget_names_of(self.member.id, now=now)
        end_mandates(self.member.id)
        was_called = self.member.name
        forget(self.member)
        self._mark(was_called, now=now)
        room_appeared()
        look_again.enqueue_at(now + AFTER, member_id=self.member.id)
        touch("people", "gigs")

    def _settle_work(self, *, now: datetime) -> None:
        words = _WORDS[self.to]
        if self.to == "left":
            leave_the_table(self.by, why=words, now=now)
        elif any(agreement.is_party(self.by.id) for agreement in binding_agreements(self.member.id)):
            raise YourOwnAgreement
        else:
            part_ways(self.member.id, by=self.by, why=words, now=now)
        step_back(self.member.id, by=self.by, why=words, now=now)

    def _withdraw_invitations(self, *, now: datetime) -> None:
        # A door opened by somebody who is no longer here does not stay open.
        for kind, column in ((Invitation, Invitation.invited_by), (InvitationLink, InvitationLink.created_by)):
            for one in db.session.scalars(select(kind).where(scoped(kind), column == self.member.id).with_for_update()):
                if one.is_open(now=now):
                    one.revoke(by=self.by, now=now)

    def _mark(self, was_called: str, *, now: datetime) -> None:
        member = self.member
        member.standing, member.standing_reason, member.standing_changed_at = self.to, self.why, now
        if self.to == "left":
            member.user_id = None
            record("left", member, by=self.by, from_="active", to="left")
        else:
            # Moderators must be able to tell whom they sent away: to answer for it, and to let them in again.
            decided = Measure.take(self.to, member.id, by=self.by, rule=self.rule, why=self.why, now=now)
            told = {"rule": self.rule, "name": was_called, "measure_id": decided.id}
            record(self.to, member, by=self.by, from_="active", to=self.to, why=self.why, **told)
