"""Letters to the leaders of a marketplace about the marketplace itself."""

from app.activity.models import Activity
from tenants.context import tenant
from tenants.links import origin
from themes.letters import Letter


def of_standing(fact: Activity) -> Letter:
    """Return the letter that tells a leader what became of their marketplace."""
    name = tenant.name
    subject, paragraphs = {
        "suspended": (
            f"{name} is suspended",
            [
                f"The people who run this site have suspended {name}. Its address shows nothing of it now, to anybody.",
                "Nothing is lost: when it is opened again, everything and everybody is there as before.",
            ],
        ),
        "closed": (
            f"{name} is closed",
            [f"The people who run this site have closed {name}. Its address shows nothing of it any more, to anybody."],
        ),
        "active": (f"{name} is open again", ["Everything is there as you left it, and everybody may come in."]),
    }[fact.to_state or "active"]
    return Letter(
        subject=subject,
        paragraphs=paragraphs,
        quote=fact.reason,
        action=(f"To {name}", origin(tenant.host)) if tenant.is_open else None,
        why=f"You lead {name}.",
    )
