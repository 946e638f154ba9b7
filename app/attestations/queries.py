"""Reading what may leave a marketplace, and what was brought into it."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Uuid, and_, bindparam, exists, literal_column, select
from sqlalchemy.orm import aliased

from app.agreements.models import Agreement
from app.attestations.carried import CarriedReview
from app.attestations.keys import AttestationKey
from app.attestations.models import Attestation, WithdrawnAttestation
from app.attestations.statement import Signed, Statement
from app.categories.models import Category
from app.core.database import db
from app.core.reading import Reading
from app.gigs.models import Gig
from app.reviews.models import Review
from tenants.isolation import scoped
from tenants.models import Member, Tenant

MOST = 50
_MEMBER: Any = bindparam("member_id", type_=Uuid())
_Author = aliased(Member)
#: The marketplace that shows it, beside the one that it comes from.
_Here = aliased(Tenant)

#: What there is to take of a member: their published reviews, with what was settled about each.
_TO_TAKE = (
    select(
        Review.id.label("review_id"),
        Review.rating,
        Review.text,
        Review.title,
        Review.published_at,
        Review.author_id,
        _Author.name.label("author_name"),
        _Author.standing,
        Agreement.worker_id,
        Agreement.accepted_at,
        Category.name.label("category"),
        Attestation.id.label("attestation_id"),
        Attestation.naming,
        Attestation.taken_at,
    )
    .join(Agreement, and_(Agreement.tenant_id == Review.tenant_id, Agreement.id == Review.agreement_id))
    .join(Gig, and_(Gig.tenant_id == Agreement.tenant_id, Gig.id == Agreement.gig_id))
    .join(Category, and_(Category.tenant_id == Gig.tenant_id, Category.id == Gig.category_id))
    .join(_Author, and_(_Author.tenant_id == Review.tenant_id, _Author.id == Review.author_id))
    .outerjoin(Attestation, and_(Attestation.tenant_id == Review.tenant_id, Attestation.review_id == Review.id))
    .where(scoped(Review), Review.subject_id == bindparam("member_id"), Review.published_at.is_not(None))
    .where(Review.hidden_at.is_(None))
    .order_by(Review.published_at.desc(), Review.id)
    .limit(200)
)
_ASKED = (
    select(Attestation.id, Attestation.naming, Review.text, Review.rating, Review.title, Review.published_at)
    .add_columns(Member.id.label("member_id"), Member.name, Member.hue, Member.picture, Member.standing)
    .add_columns(Member.finished_count)
    .join(Review, and_(Review.tenant_id == Attestation.tenant_id, Review.id == Attestation.review_id))
    .join(Member, and_(Member.tenant_id == Attestation.tenant_id, Member.id == Attestation.member_id))
    .where(scoped(Attestation), Attestation.author_id == bindparam("author_id"), Attestation.naming != "unasked")
    .order_by(Attestation.id.desc())
    .limit(200)
)
_lets_in = exists().where(_Here.id == CarriedReview.tenant_id, _Here.reviews_arrive)
_is_withdrawn = exists().where(WithdrawnAttestation.id == CarriedReview.id)
# Under each its marketplace as it is called now; a key that was given up makes nothing believed.
_CARRIED = Reading(
    select(CarriedReview.id, CarriedReview.payload, CarriedReview.key_id, CarriedReview.signature)
    .add_columns(AttestationKey.public_key, Tenant.name.label("hall"), Tenant.slug, Tenant.status)
    .join(AttestationKey, AttestationKey.id == CarriedReview.key_id)
    .join(Tenant, Tenant.id == AttestationKey.tenant_id)
    .where(
        scoped(CarriedReview),
        CarriedReview.member_id == _MEMBER,
        CarriedReview.dropped_at.is_(None),
        AttestationKey.given_up_at.is_(None),
        _lets_in,
        ~_is_withdrawn,
    )
    .order_by(CarriedReview.brought_at.desc(), CarriedReview.id.desc())
    .limit(literal_column(str(MOST)))
)


class Carried(NamedTuple):
    """A review from elsewhere, whose signature is right."""

    id: UUID
    statement: Statement
    #: What the marketplace is called now, and where it is; nowhere when it is not open.
    hall: str
    slug: str


def to_take(member_id: UUID) -> Sequence[Row[Any]]:
    """Return a member's published reviews, newest first, with what was settled about taking each."""
    return db.session.execute(_TO_TAKE, {"member_id": member_id}).all()


def asked_of(author_id: UUID) -> Sequence[Row[Any]]:
    """Return the reviews by a member with which others would tell their name, the newest question first."""
    return db.session.execute(_ASKED, {"author_id": author_id}).all()


def carried_about(member_id: UUID) -> list[Carried]:
    """Return the reviews that a member brought from other marketplaces, those alone whose signature is right."""
    found = []
    for row in _CARRIED.rows(member_id=member_id):
        one = Signed(row.payload, row.key_id, bytes(row.signature))
        if one.is_by(bytes(row.public_key)):
            found.append(Carried(row.id, one.statement, row.hall, row.slug if row.status == "active" else ""))
    return found
