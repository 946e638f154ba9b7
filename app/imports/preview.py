"""What would come of an import: read in full, nothing written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.languages import gettext as _
from app.gigs import wording
from app.imports.gig_batch import reader_for
from app.imports.gig_reading import ReadGig
from app.imports.member_reading import ReadMember, read_member
from app.imports.models import Import, ImportRow
from app.imports.rows import RefusedRow
from tenants.context import tenant
from tenants.isolation import scoped

# Reading is quick, but a page should not read for ever.
MOST_READ = 5_000
_SHOWN = 6
_REFUSED_SHOWN = 20


@dataclass(slots=True)
class Preview:
    """`shown` is what the first good rows would look like; `refused` the first bad ones with their reasons."""

    read: int = 0
    good: int = 0
    shown: list[Any] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def bad(self) -> int:
        return self.read - self.good


def preview_of(one: Import) -> Preview:
    """Return what the rows of an import would become with its columns as they are."""
    preview = Preview()
    show = _gigs(one) if one.kind == "gigs" else _members(one)
    for row in one.rows("waiting", limit=MOST_READ):
        preview.read += 1
        try:
            shown = show(row, len(preview.shown) < _SHOWN)
        except RefusedRow as refusal:
            if len(preview.refused) < _REFUSED_SHOWN:
                preview.refused.append((_("Row %(number)s", number=row.number), str(refusal)))
        else:
            preview.good += 1
            preview.shown += [shown] if shown else []
    return preview


def _gigs(one: Import) -> Any:
    reader = reader_for(one)
    names = dict(db.session.execute(select(Category.id, Category.name).where(scoped(Category))).all())

    def show(row: ImportRow, wanted: bool) -> dict[str, Any] | None:
        gig = reader.read(one.values(row.cells))
        return _card(gig, names) if wanted else None

    return show


def _card(gig: ReadGig, categories: dict[Any, str]) -> dict[str, Any]:
    said = SimpleNamespace(**{"credits_minutes": None, "effort_minutes": None} | gig.columns)
    amount, unit = wording.pay(said)
    return {
        "href": "#",
        "title": said.title,
        "summary": said.summary,
        "category": categories.get(said.category_id, ""),
        "place": wording.place(said),
        "due": wording.by_day(said, clock.today(tenant.time_zone)),
        "skills": gig.needed,
        "pay": amount,
        "pay_unit": unit,
    }


def _members(one: Import) -> Any:
    def show(row: ImportRow, wanted: bool) -> list[str] | None:
        person = read_member(one.values(row.cells))
        return _line(person) if wanted else None

    return show


def _line(person: ReadMember) -> list[str]:
    return [person.name, person.email, person.headline, person.place, ", ".join(person.skills)]


def refused_lines(one: Import) -> Iterator[list[str]]:
    """Yield the refused rows as lines of a file: their cells as they came, and the reason."""
    yield [*one.columns, _("What to mend")]
    for row in one.rows("refused"):
        yield [*row.cells, row.reason]
