"""Bringing rows in as people: as members at once, or as invitations that they may accept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.models import User
from app.categories.vocabulary import skills_named
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.imports.member_reading import ReadMember, read_member
from app.imports.models import Import, ImportRow
from app.imports.rows import RefusedRow
from app.joining.admission import admit, when_admitted
from app.joining.models import Invitation
from app.profiles.models import MemberSkill, Profile
from billing.entitlements import HallFull, take_room_for_member
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

_NOT_AGAIN = {
    "left": _l("This person has left. Invite them yourself, if they would like to come back."),
    "removed": _l("This person was removed. Invite them yourself, if they may come back."),
    "banned": _l("This person is banned."),
}


def bring_in_members(one: Import, rows: Sequence[ImportRow], *, now: datetime) -> None:
    """Let every row's person in, or invite them, as the import has it; note on each row what came of it."""
    by = _whoever_brings_them(one)
    for row in rows:
        try:
            person = read_member(one.values(row.cells))
            _bring_in(row, person, by=by, invite=not one.options.get("at_once"), now=now)
        except RefusedRow as refusal:
            row.became("refused", reason=str(refusal))
        except HallFull:
            # It stays as it is, and so does every row after it, until there is room.
            one.rest()
            return


@when_admitted
def welcome(member: Member, user: User) -> None:
    """Give a new member the headline, place and skills that a list had of them, where they were invited by one."""
    found = db.session.execute(
        select(ImportRow, Import)
        .join(Import, (Import.tenant_id == ImportRow.tenant_id) & (Import.id == ImportRow.import_id))
        .join(Invitation, (Invitation.tenant_id == ImportRow.tenant_id) & (Invitation.id == ImportRow.made_id))
        .where(scoped(ImportRow), Import.kind == "members", func.lower(Invitation.email) == user.email.lower())
        .order_by(Import.created_at.desc())
        .limit(1)
    ).one_or_none()
    if found is not None:
        row, one = found
        _tell_of(member.id, read_member(one.values(row.cells)))


def _bring_in(row: ImportRow, person: ReadMember, *, by: Actor, invite: bool, now: datetime) -> None:
    user = User.with_email(person.email)
    member = _member_of(user) if user else None
    if member is not None and member.is_active:
        row.became("unchanged", made_id=member.id, reason=_("This person is a member already."))
    elif member is not None:
        raise RefusedRow(_NOT_AGAIN[member.standing])
    elif invite:
        _invite(row, person, by=by, now=now)
    else:
        take_room_for_member(now=now)
        member = admit(user or _account(person, now), name=person.name, by=by, how="import")
        _tell_of(member.id, person)
        row.became("created", made_id=member.id)


def _invite(row: ImportRow, person: ReadMember, *, by: Actor, now: datetime) -> None:
    waiting = db.session.scalars(
        select(Invitation.id).where(
            scoped(Invitation),
            func.lower(Invitation.email) == person.email,
            Invitation.revoked_at.is_(None),
            Invitation.accepted_at.is_(None),
            Invitation.expires_at > now,
        )
    ).first()
    if waiting:
        row.became("unchanged", made_id=waiting, reason=_("This person has an invitation already."))
    else:
        invitation = Invitation.send(person.email, by=by, name=person.name, now=now)
        row.became("created", made_id=invitation.id)


def _account(person: ReadMember, now: datetime) -> User:
    """Return a new account. Nobody proved its address yet: whoever does, by a code in the mail, has it."""
    user = User(email=person.email, name=person.name, created_at=now)
    db.session.add(user)
    db.session.flush()
    return user


def _member_of(user: User) -> Member | None:
    return db.session.scalars(select(Member).where(scoped(Member), Member.user_id == user.id)).one_or_none()


def _tell_of(member_id: UUID, person: ReadMember) -> None:
    """Write what the list says of a member who has told nothing yet; their own words are never changed."""
    profile = db.session.get(Profile, (current_tenant_id(), member_id))
    if profile is None:
        profile = Profile(member_id=member_id)
        db.session.add(profile)
    elif profile.headline or profile.story:
        return
    profile.headline, profile.place, profile.remote = person.headline, person.place, person.remote
    db.session.add_all(
        MemberSkill(member_id=member_id, relation="held", skill_id=skill_id, position=position)
        for position, skill_id in enumerate(skills_named(person.skills, by=member_id))
    )


def _whoever_brings_them(one: Import) -> Actor:
    member = db.session.get_one(Member, (current_tenant_id(), one.started_by))
    return Actor(
        id=member.id,
        tenant_id=member.tenant_id,
        user_id=member.user_id,
        name=member.name,
        hue=member.hue,
        picture=member.picture,
        roles=frozenset({"member"}),
    )
