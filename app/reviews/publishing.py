"""Both reviews come out together: when the second is in, or when the time for them is over."""

from datetime import datetime

from app.agreements.models import Agreement
from app.reviews.models import Review, reviews_of_agreement
from tenants.context import Actor
from tenants.versions import touch


def review(
    agreement: Agreement, *, by: Actor, rating: int, now: datetime, text: str = "", private_note: str = ""
) -> Review:
    """Return the new review of `by`; with the second one both are published and the agreement is over."""
    written = Review.write(agreement, by=by, rating=rating, text=text, private_note=private_note, now=now)
    if len(reviews_of_agreement(agreement.id)) == 2:
        publish(agreement, now=now)
    return written


def publish(agreement: Agreement, *, now: datetime) -> None:
    """Publish what was written of an agreement, perhaps nothing, and let it be over."""
    for one in reviews_of_agreement(agreement.id):
        one.publish(now=now)
    agreement.review(now=now)
    touch("people")


def publish_when_due(agreement: Agreement, *, now: datetime) -> bool:
    """Publish when the time for reviews is over. Returns False when it is not, or was before."""
    agreement.lock()
    if agreement.reviews_until is None or agreement.reviews_until > now:
        return False
    publish(agreement, now=now)
    return True
