"""What a marketplace of the demo takes of paid work."""

from datetime import datetime, time
from functools import partial

from app.commissions.models import FEES, CommissionRule
from app.commissions.split import Fee
from app.seeds.content_files import Entry
from app.seeds.hall import Hall


def tell_of_commission(hall: Hall) -> None:
    """Let its leaders make each rule on its day."""
    for entry in hall.content.hall.get("commission", ()):
        moment = hall.days.moment(entry["on"], usually=time(11), salt=entry["people"])
        hall.story.on(moment, f"commission for {entry['people']}", partial(_add, hall, entry))


def _add(hall: Hall, entry: Entry, now: datetime) -> None:
    category = hall.categories[entry["category"]].id if "category" in entry else None
    CommissionRule.add(
        {name: Fee(**entry.get(name, {})) for name in FEES},
        people=entry["people"],
        category_id=category,
        currency=hall.currency,
        by=hall.actor(entry["by"]),
        now=now,
    )
