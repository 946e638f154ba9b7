"""Reading agreements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, case, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.agreements.models import Agreement, Attachment, Delivery
from app.applications.models import Application
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from tenants.isolation import scoped
from tenants.models import Member

_MOST = 300
_MEMBER_ID = bindparam("member_id")
_Other = aliased(Member)

_OF_MEMBER = (
    select(
        Agreement.id.label("agreement_id"),
        Agreement.title,
        Agreement.state,
        Agreement.asked_id,
        Agreement.settlement,
        Agreement.pay_kind,
        Agreement.amount,
        Agreement.currency,
        Agreement.credits_minutes,
        Agreement.favour,
        Agreement.due_on,
        Agreement.deadline_at,
        Agreement.reviews_until,
        Agreement.state_changed_at,
        case((Agreement.client_id == _MEMBER_ID, "client"), else_="worker").label("side"),
        _Other.id,
        _Other.name,
        _Other.hue,
        _Other.picture,
        _Other.standing,
        _Other.finished_count,
    )
    .join(
        _Other,
        and_(
            _Other.tenant_id == Agreement.tenant_id,
            _Other.id == case((Agreement.client_id == _MEMBER_ID, Agreement.worker_id), else_=Agreement.client_id),
        ),
    )
    .where(scoped(Agreement), or_(Agreement.client_id == _MEMBER_ID, Agreement.worker_id == _MEMBER_ID))
    .order_by(Agreement.state_changed_at.desc(), Agreement.id.desc())
    .limit(_MOST)
)
_DISPUTES = (
    select(Agreement)
    .where(scoped(Agreement), Agreement.disputed_at.is_not(None))
    .order_by(case((Agreement.state == "disputed", 0), else_=1), Agreement.disputed_at.desc())
    .limit(_MOST)
)


def agreement_or_404(agreement_id: UUID) -> Agreement:
    """Return an agreement with its gig and its application.

    :raises NotFound: when this tenant has none of that id.
    """
    found = db.session.scalars(
        select(Agreement)
        .options(joinedload(Agreement.gig), joinedload(Agreement.application).joinedload(Application.gig))
        .where(scoped(Agreement), Agreement.id == agreement_id)
    ).one_or_none()
    if found is None:
        raise NotFound(_("This agreement is not here."))
    return found


def latest_agreement_of(application_id: UUID) -> Agreement:
    """Return the newest agreement that came of an application.

    :raises NotFound: when none did.
    """
    found = db.session.scalars(
        select(Agreement)
        .where(scoped(Agreement), Agreement.application_id == application_id)
        .order_by(Agreement.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        raise NotFound(_("There is no agreement here yet."))
    return found


def attachment_or_404(agreement: Agreement, attachment_id: UUID) -> Attachment:
    """Return a file that was handed over under an agreement.

    :raises NotFound: when it was not.
    """
    found = db.session.scalars(
        select(Attachment)
        .join(Delivery, and_(Delivery.tenant_id == Attachment.tenant_id, Delivery.id == Attachment.delivery_id))
        .where(scoped(Attachment), Attachment.id == attachment_id, Delivery.agreement_id == agreement.id)
    ).one_or_none()
    if found is None:
        raise NotFound(_("This file is not here."))
    return found


def deliveries_of(agreement_id: UUID) -> list[tuple[Delivery, list[Attachment]]]:
    """Return what was handed over, newest first, each with its files."""
    deliveries = db.session.scalars(
        select(Delivery).where(scoped(Delivery), Delivery.agreement_id == agreement_id).order_by(Delivery.id.desc())
    ).all()
    files = db.session.scalars(
        select(Attachment)
        .where(scoped(Attachment), Attachment.delivery_id.in_([delivery.id for delivery in deliveries]))
        .order_by(Attachment.id)
    ).all()
    return [(delivery, [file for file in files if file.delivery_id == delivery.id]) for delivery in deliveries]


def agreements_of(member_id: UUID) -> Sequence[Row[Any]]:
    """Return a member's agreements, the last changed first, each with the other side (id, name, …) and the own `side`."""
    return db.session.execute(_OF_MEMBER, {"member_id": member_id}).all()


def disputes() -> Sequence[Agreement]:
    """Return the agreements that somebody asked a leader to look at: those that wait first."""
    return db.session.scalars(_DISPUTES).all()
