"""A gig as search engines know jobs: schema.org/JobPosting."""

from typing import Any

from app.core.markdown import render
from app.core.money import plain_amount
from app.gigs.models.seats import takes_applications
from tenants.context import current_tenant
from tenants.links import hall_url


def job_posting(gig: Any) -> dict[str, Any] | None:
    """Return the description of a gig that somebody can still get, given the row of its page and that anyone may see it;
    None where it is no job: an offer, or one that takes nobody (any more).
    """
    if gig.direction != "request" or not takes_applications(gig):
        return None
    said = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": gig.title,
        "description": str(render(gig.description)) or gig.summary or gig.title,
        "identifier": {"@type": "PropertyValue", "name": current_tenant().name, "value": str(gig.id)},
        "url": hall_url(current_tenant(), "gigs.show", gig_id=gig.id),
        "datePosted": gig.published_at.isoformat(timespec="seconds"),
        "validThrough": gig.expires_at.isoformat(timespec="seconds") if gig.expires_at else None,
        "employmentType": "CONTRACTOR" if gig.settlement == "money" else "VOLUNTEER",
        "hiringOrganization": {"@type": "Person", "name": gig.author_name},
        "industry": gig.category_name,
        "skills": ", ".join(gig.skills or ()),
        "totalJobOpenings": gig.seats - gig.seats_taken,
        "jobLocationType": "TELECOMMUTE" if gig.remote else None,
        "jobLocation": _place(gig.place),
        "baseSalary": _pay(gig),
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def _place(place: str) -> dict[str, Any] | None:
    if not place:
        return None
    return {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": place}}


def _pay(gig: Any) -> dict[str, Any] | None:
    """Return what is paid. A fixed price has no unit of time that schema.org knows."""
    if gig.settlement != "money" or gig.pay_min is None:
        return None
    least = float(plain_amount(gig.pay_min, gig.currency))
    most = float(plain_amount(gig.pay_max, gig.currency)) if gig.pay_max else least
    value = {"value": least} if most == least else {"minValue": least, "maxValue": most}
    unit = {"unitText": "HOUR"} if gig.pay_kind == "hourly" else {}
    quantity = {"@type": "QuantitativeValue", **value, **unit}
    return {"@type": "MonetaryAmount", "currency": gig.currency, "value": quantity}
