"""Who looks after what in a category for its leaders, as its people page shows it."""

from typing import Any

from flask import url_for

from app.categories.delegating import delegations_in
from app.categories.models import Category
from app.core import clock
from app.core.wording import full_day, listed
from app.leading.forms import DUTIES
from app.policies import END_DUTY, allows
from app.profiles.people import people
from tenants.context import Actor


def delegated(category: Category, viewer: Actor | None) -> list[dict[str, Any]]:
    """Return who has which duties in a category, until when, and where whoever looks can end them."""
    running = delegations_in(category.id, now=clock.now())
    known = people([one.member_id for one in running])
    return [
        {
            "person": known[one.member_id],
            "href": url_for("people.show", member_id=one.member_id),
            "duties": listed([str(DUTIES[duty]) for duty in one.duties]),
            "until": full_day(one.ends_on),
            "end": url_for("leading.end_duties", delegation_id=one.id) if allows(END_DUTY, viewer, one) else "",
        }
        for one in running
    ]
