"""What the demo's categories ask of their gigs beside what every gig says, and what those answer."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from app.fields.models import CategoryField
from app.fields.queries import Asked, fields_of
from app.fields.values import Value, set_values
from app.gigs.models import Gig
from app.seeds.content_files import Entry
from app.seeds.hall import Hall

#: The leader has settled it before the first gig is posted.
_SETTLED, _USUALLY = "-415d", time(11, 40)


def tell_of_fields(hall: Hall) -> None:
    """Let each category ask its own things from the first days on."""
    for slug, entry in hall.content.categories.items():
        for number, asked in enumerate(entry.get("asks", ())):
            settled = hall.days.moment(_SETTLED, usually=_USUALLY, salt=slug) + timedelta(minutes=number)
            hall.story.on(settled, f"{slug} asks {number}", partial(_ask, hall, slug, asked))


def answer(hall: Hall, gig: Gig, entry: Entry) -> None:
    """Let a gig answer what its entry answers, by the fields' names."""
    answers = entry.get("answers", {})
    if answers:
        fields = {field.name: field for field in fields_of(gig.category_id)}
        set_values(gig.id, {fields[name].id: _value(hall, fields[name], said) for name, said in answers.items()})


def _ask(hall: Hall, slug: str, asked: Entry, now: datetime) -> None:
    bounds = {name: asked[name] * 100 for name in ("least", "most") if name in asked}
    CategoryField.ask(hall.categories[slug], by=hall.actor(hall.leader.id), now=now, **asked | bounds)


def _value(hall: Hall, field: Asked, said: Any) -> Value:
    if field.kind == "choice":
        wanted = said if isinstance(said, list) else [said]
        return tuple(option.id for option in field.options if option.name in wanted)
    elif field.kind == "number":
        return round(said * 100)
    else:
        return hall.days.day(said) if field.kind == "date" else str(said)
