"""Narrowing a list down by what a category asks: the words of an address, what they mean to whoever looks, and back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.languages import gettext as _
from app.core.wording import full_day
from app.fields.kinds import FILTERED, seen_by
from app.fields.quantities import GREATEST, hundredths, plain
from app.fields.queries import Asked
from app.fields.wording import amount
from tenants.context import Actor

#: How many fields a list can be narrowed down by at once.
MOST = 6
_ONE = re.compile(r"([a-z0-9-]{1,48})_([A-Za-z0-9~-]{1,300})")
_FIELD = re.compile(r"asks-([a-z0-9-]{1,48})-(from|to)")

Bound = int | date


@dataclass(frozen=True, slots=True)
class Condition:
    """What a gig must have answered to one field: a number or a day from `least` to `most`, or one of some options."""

    field_id: UUID
    kind: str
    least: Bound | None = None
    most: Bound | None = None
    options: tuple[UUID, ...] = ()


def asks_in(asked: Mapping[str, str]) -> str | None:
    """Return what an address asks of a category's fields, in the one way in which it is written: each field's word with its
    value, ranges with a tilde between their ends. Both ends may come as fields of a form.
    """
    wanted = _parts(asked.get("asks", ""))
    for name, typed in asked.items():
        if (found := _FIELD.fullmatch(name)) is not None:
            slug, end = found.groups()
            least, _, most = wanted.get(slug, "").partition("~")
            word = _word(typed.strip())
            wanted[slug] = f"{word}~{most}" if end == "from" else f"{least}~{word}"
    return written(wanted)


def written(wanted: Mapping[str, str]) -> str | None:
    """Return some fields' values as they stand in an address; None where nothing is asked."""
    kept = sorted((slug, value) for slug, value in wanted.items() if value.strip("~"))
    return ".".join(f"{slug}_{value}" for slug, value in kept[:MOST]) or None


def changed(asks: str | None, field: Asked, value: str) -> str | None:
    """Return what an address asks when one field's value is another; an empty one lifts it."""
    return written({**_parts(asks or ""), field.slug: value})


def chosen(asks: str | None, field: Asked) -> str:
    """Return a field's value in an address, empty where it has none."""
    return _parts(asks or "").get(field.slug, "")


def offered(fields: Iterable[Asked], viewer: Actor | None) -> list[Asked]:
    """Return the fields that somebody can narrow a list down by: only those whose answers they may see."""
    return [one for one in fields if one.kind in FILTERED and one.visibility in seen_by(viewer)]


def conditions(asks: str | None, fields: Sequence[Asked], viewer: Actor | None) -> tuple[Condition, ...]:
    """Return what an address means to whoever looks. What they may not see, and what nobody can read, asks nothing."""
    known = {one.slug: one for one in offered(fields, viewer)}
    meant = (_condition(known[slug], value) for slug, value in _parts(asks or "").items() if slug in known)
    return tuple(one for one in meant if one is not None)


def ends(field: Asked, value: str) -> tuple[str, str]:
    """Return both ends of a range as they are typed into a form."""
    least, _, most = value.partition("~")
    return (least, most) if field.kind == "date" else (least.replace("p", "."), most.replace("p", "."))


def range_in_words(field: Asked, value: str) -> str:
    """Return a range in words, or nothing where it has no ends that can be read."""
    meant = _condition(field, value)
    if meant is None:
        return ""
    least, most = (_said(field, end) for end in (meant.least, meant.most))
    if least and most:
        return _("%(least)s to %(most)s", least=least, most=most)
    return _("from %(least)s", least=least) if least else _("up to %(most)s", most=most)


def _said(field: Asked, end: Bound | None) -> str:
    if end is None:
        return ""
    elif isinstance(end, date):
        return full_day(end)
    else:
        return f"{amount(end)}\u00a0{field.unit}" if field.unit else amount(end)


def _condition(field: Asked, value: str) -> Condition | None:
    if field.kind == "choice":
        wanted = set(value.split("~"))
        options = tuple(option.id for option in field.options if option.slug in wanted)
        return Condition(field.id, field.kind, options=options) if options else None
    least, most = (_bound(field.kind, end) for end in ends(field, value))
    return None if least is None and most is None else Condition(field.id, field.kind, least, most)


def _bound(kind: str, text: str) -> Bound | None:
    if kind == "number":
        value = hundredths(text)
        return value if value is None or -GREATEST <= value <= GREATEST else None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _parts(asks: str) -> dict[str, str]:
    found = (_ONE.fullmatch(part) for part in asks.split(".")[: 2 * MOST])
    return {one[1]: one[2] for one in found if one is not None}


def _word(typed: str) -> str:
    """Return an end of a range as it stands in an address; nothing where it is neither a number nor a day."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        return typed
    value = hundredths(typed)
    return "" if value is None else plain(value).replace(".", "p")
