"""What can be certified to a member, and issuing it."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_, select

from app.activity.recording import record
from app.agreements.models import Agreement
from app.attestations.keys import signing_key
from app.categories.models import Category, Skill
from app.certificates.claim import ALWAYS, DETAILS, Claim, to_sign
from app.certificates.codes import code_of, digest_of
from app.certificates.failures import AnnulledBefore, CertifiedAlready, NothingToCertify
from app.certificates.models import Certificate
from app.core.database import db
from app.core.ids import new_id
from app.core.timers import day_of
from app.experts.models import Expertise
from app.gigs.models import Gig
from app.gigs.states import LIVE
from tenants.context import Actor, tenant
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

MOST = 50
_FINISHED = ("accepted", "reviewed")


class Ground(NamedTuple):
    """Something that can be certified, with every detail that may be told of it."""

    id: UUID
    about: str
    details: dict[str, str]


def grounds_of(member_id: UUID) -> list[Ground]:
    """Return what can be certified to a member and is not yet: what they are vetted for, then their work, the newest first."""
    vetted = db.session.execute(_VETTED.where(Expertise.member_id == member_id, ~_spoken_of(Expertise)).limit(MOST))
    worked = db.session.execute(_WORKED.where(Agreement.worker_id == member_id, ~_spoken_of(Agreement)).limit(MOST))
    return [*map(_of_vetting, vetted), *map(_of_work, worked)]


def ground_or_404(about: str, subject_id: UUID, member_id: UUID) -> Ground:
    """Return one of them.

    :raises NothingToCertify: when it is not theirs, or not finished.
    :raises CertifiedAlready: when they have a certificate of it.
    :raises AnnulledBefore: when a leader annulled one of it.
    """
    statement, whose, model, made = (
        (_VETTED, Expertise.member_id, Expertise, _of_vetting)
        if about == "vetting"
        else (_WORKED, Agreement.worker_id, Agreement, _of_work)
    )
    row = db.session.execute(
        statement.add_columns(_certified(model, _KEPT).label("is_certified"))
        .add_columns(_certified(model, _ANNULLED).label("is_annulled"))
        .where(whose == member_id, model.id == subject_id)
    ).one_or_none()
    if row is None:
        raise NothingToCertify
    elif row.is_certified:
        raise CertifiedAlready
    elif row.is_annulled:
        raise AnnulledBefore
    return made(row)


def issue(ground: Ground, details: list[str], *, by: Actor, now: datetime) -> Certificate:
    """Return a new certificate of a ground, with the details that its holder chose; signed by the tenant in force.

    :raises CertifiedAlready: when another tab was faster.
    """
    # Two tabs at once: the second finds what the first made.
    db.session.execute(select(Member.id).where(scoped(Member), Member.id == by.id).with_for_update(key_share=True))
    ground_or_404("vetting" if ground.about == "vetting" else "work", ground.id, by.id)
    chosen = {*details, *ALWAYS.get(ground.about, ())}
    certificate_id, key = new_id(), signing_key(now)
    claim = Claim(
        id=str(certificate_id),
        hall=tenant.name,
        holder=by.name,
        about=ground.about,
        issued_on=day_of(now, tenant.time_zone).isoformat(),
        details={
            name: ground.details[name] for name in DETAILS[ground.about] if name in ground.details.keys() & chosen
        },
    )
    certificate = Certificate(
        id=certificate_id,
        holder_id=by.id,
        about=ground.about,
        agreement_id=None if ground.about == "vetting" else ground.id,
        expertise_id=ground.id if ground.about == "vetting" else None,
        code_digest=digest_of(code_of(certificate_id)),
        payload=claim.payload,
        key_id=key.id,
        signature=key.sign(to_sign(claim.payload)),
        issued_at=now,
    )
    db.session.add(certificate)
    db.session.flush()
    record("issue", certificate, by=by)
    return certificate


#: Being vetted and the office go together: where leaders ended the office, there is nothing to certify.
HOLDS = and_(
    Expertise.ended_at.is_(None),
    exists().where(
        Role.tenant_id == Expertise.tenant_id,
        Role.member_id == Expertise.member_id,
        Role.category_id == Expertise.category_id,
        Role.role == literal_column("'expert'"),
        in_office(),
    ),
)
_VETTED = (
    select(Expertise.id, Expertise.level, Expertise.valid_until)
    .add_columns(Category.name.label("category"), Skill.name.label("skill"))
    .join(Category, and_(Category.tenant_id == Expertise.tenant_id, Category.id == Expertise.category_id))
    .outerjoin(Skill, and_(Skill.tenant_id == Expertise.tenant_id, Skill.id == Expertise.skill_id))
    .where(scoped(Expertise), HOLDS)
    .order_by(Category.position, Expertise.id)
)
_WORKED = (
    select(Agreement.id, Agreement.kind, Agreement.title, Agreement.accepted_at)
    .add_columns(Category.name.label("category"), Gig.audience, Gig.state.label("gig_state"))
    .join(Gig, and_(Gig.tenant_id == Agreement.tenant_id, Gig.id == Agreement.gig_id))
    .outerjoin(Category, and_(Category.tenant_id == Gig.tenant_id, Category.id == Gig.category_id))
    # What was disputed and settled is reviewed as well, and nobody accepted it.
    .where(scoped(Agreement), Agreement.accepted_at.is_not(None))
    .where(or_(*(Agreement.state == literal_column(f"'{state}'") for state in _FINISHED)))
    .order_by(Agreement.accepted_at.desc(), Agreement.id.desc())
)
_KEPT = Certificate.ended.is_(None)
_ANNULLED = Certificate.ended == literal_column("'annulled'")


def is_finished(agreement: Agreement) -> bool:
    """Return whether work was handed over and accepted: what came to nothing shows nothing."""
    return agreement.state in _FINISHED and agreement.accepted_at is not None


def _spoken_of(model: Any) -> ColumnElement[bool]:
    # What a leader annulled its holder does not undo.
    return _certified(model, or_(_KEPT, _ANNULLED))


def _certified(model: Any, how: ColumnElement[bool]) -> ColumnElement[bool]:
    column = Certificate.expertise_id if model is Expertise else Certificate.agreement_id
    holder = Expertise.member_id if model is Expertise else Agreement.worker_id
    return exists().where(
        Certificate.tenant_id == model.tenant_id,
        column == model.id,
        Certificate.holder_id == holder,
        how,
    )


def _of_vetting(row: Any) -> Ground:
    told = {"category": row.category, "skill": row.skill, "level": row.level, "until": row.valid_until.isoformat()}
    return Ground(row.id, "vetting", {name: words for name, words in told.items() if words})


def _of_work(row: Any) -> Ground:
    told = {"month": f"{day_of(row.accepted_at, tenant.time_zone):%Y-%m}"}
    if row.category:
        told["category"] = row.category
    if row.audience == "hall" and row.gig_state in LIVE and tenant.who_may_see == "anyone":
        # What only members might read, or moderators removed, is not carried outside, its title neither.
        told["title"] = row.title
    return Ground(row.id, "mentoring" if row.kind == "mentorship" else "work", told)
