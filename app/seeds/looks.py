"""How the looks of the demo's marketplaces changed, with a cover here and a logo there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from functools import partial

from PIL import Image

from app.core import pictures
from app.core.database import db
from app.looks.models import SHELVES, Appearance, HallPicture
from app.looks.publishing import wear
from app.looks.queries import newest_number
from app.seeds import artwork
from app.seeds.content_files import Entry
from app.seeds.hall import Hall

_NAMES = {"preset": "preset", "brand": "brand_colour", "tagline": "tagline", "sentence": "welcome"}
_ARTWORK: dict[str, Callable[[], Image.Image]] = {"hillside": artwork.hillside, "northwind": artwork.northwind}


def tell_of_looks(hall: Hall) -> None:
    """Let leaders change how their marketplace looks, each time only what the content names."""
    for entry in hall.content.hall.get("look", ()):
        moment = hall.days.moment(entry["on"], usually=time(10, 15), salt="look")
        hall.story.on(moment, f"the look of {entry['on']}", partial(_change, hall, entry))


def _change(hall: Hall, entry: Entry, now: datetime) -> None:
    by = hall.actor(entry["by"])
    changes = {name: entry[written] for written, name in _NAMES.items() if written in entry}
    for role in SHELVES:
        if role in entry:
            changes[role] = _brought(hall, role, _ARTWORK[entry[role]](), by=entry["by"], now=now)
    wear(replace(Appearance.of(hall.tenant), **changes), by=by, seen=newest_number(), now=now)


def _brought(hall: Hall, role: str, drawn: Image.Image, *, by: str, now: datetime) -> str:
    kept = pictures.keep_own(drawn, tenant_id=hall.tenant.id, owner=role, shelf=SHELVES[role])
    brought = HallPicture(
        role=role, name=kept.name, width=kept.width, height=kept.height, kept_by=hall.actor(by).id, kept_at=now
    )
    db.session.add(brought)
    return kept.written
