"""What members of the demo have looked at: more at what came first and at whom many know, as it goes where nobody minds."""

from datetime import timedelta
from zlib import crc32

from app.core.database import db
from app.exposure.models import GigExposure
from app.seeds.hall import Hall

_DAYS = 28


def tell_who_was_seen(hall: Hall) -> None:
    """Write down how often each gig that is open stood before members, day by day."""
    for name, gig in hall.gigs.items():
        if gig.state != "open" or gig.published_at is None:
            continue
        began = hall.days.day_of(gig.published_at)
        first = max(began, hall.days.today - timedelta(days=_DAYS - 1))
        for number in range((hall.days.today - first).days + 1):
            day = first + timedelta(days=number)
            # A list shows the newest first, and each day something newer comes before it.
            fading = max(24 - (day - began).days, 4)
            times = crc32(f"{name} {number}".encode()) % fading
            if times:
                db.session.add(GigExposure(gig_id=gig.id, day=day, times=times))
