"""A list of skills with their other names, as the European ESCO has them: brought in at once; what cannot be is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import flash, render_template
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.names import bring_in
from app.categories.vocabulary import LONGEST, folded
from app.core import clock
from app.core.forms import File, Form
from app.core.forms.uploads import MEGABYTE
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.imports.blueprint import blueprint
from app.imports.sheets import Sheet, UnreadableSheet, read_sheet
from app.policies import IMPORT_LISTS

_NAMES = ("preferredlabel", "name", "skill", "title", "label")
_OTHERS = ("altlabels", "aliases", "alias", "synonyms", "alsocalled", "othernames", "altlabel")
_BETWEEN = re.compile(r"[\n;|]")
_SHOWN = 50


class SkillList(Form):
    """The file."""

    file = File(
        _l("The file"),
        biggest=8 * MEGABYTE,
        kinds=(".csv", ".tsv", ".txt"),
        required=_l("Choose a file first."),
        hint=_l(
            "CSV with a column “name” and, if there is, one “aliases”: several with a semicolon or on lines of their own."
        ),
    )


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a list: `new` skills, those `known` before, and why rows or names were left out, by their number."""

    new: int
    known: int
    refused: list[tuple[int, str]]


def bring_in_skills(sheet: Sheet, *, by: UUID | None) -> Brought:
    """Take the skills of a list with their other names into the vocabulary; the same list again adds nothing.

    :raises UnreadableSheet: when no column holds names.
    """
    name_at, others_at = _column(sheet, _NAMES), _column(sheet, _OTHERS)
    if name_at is None:
        raise UnreadableSheet(_("No column of this file is called “name”."))
    listed: list[tuple[str, list[str]]] = []
    refused: list[tuple[int, str]] = []
    for number, cells in enumerate(sheet.rows, start=1):
        name = cells[name_at].strip()
        if problem := _problem(name):
            refused.append((number, problem))
            continue
        others = list(_others(cells[others_at])) if others_at is not None else []
        refused += [(number, problem) for other in others if (problem := _problem(other))]
        listed.append((name, [other for other in others if not _problem(other)]))
    new = bring_in(listed, by=by, now=clock.now())
    return Brought(new, len({folded(name) for name, _others in listed}) - new, refused)


@blueprint.get("/skills")
@authorized(IMPORT_LISTS)
def skills() -> str:
    return _page(SkillList(formdata=None))


@blueprint.post("/skills")
@authorized(IMPORT_LISTS)
def upload_skills() -> tuple[str, int] | str | Response:
    form = SkillList()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        brought = bring_in_skills(read_sheet(form.file.data.stream.read()), by=current_member().id)
    except UnreadableSheet as problem:
        form.refuse("file", problem.message)
        return _page(form), 422
    flash(ngettext("%(num)s skill was brought in.", "%(num)s skills were brought in.", brought.new))
    return _page(SkillList(formdata=None), brought)


def _page(form: Form, brought: Brought | None = None) -> str:
    return render_template("imports/skills.html", form_=form, brought=brought, shown=_SHOWN)


def _column(sheet: Sheet, names: tuple[str, ...]) -> int | None:
    headings = [re.sub(r"[^a-z]", "", heading.lower()) for heading in sheet.columns]
    return next((headings.index(name) for name in names if name in headings), None)


def _others(cell: str) -> Iterator[str]:
    yield from (name.strip() for name in _BETWEEN.split(cell) if name.strip())


def _problem(name: str) -> str:
    if not folded(name):
        return _("It has no name.")
    elif len(name) > LONGEST:
        return _("“%(name)s …” is longer than %(longest)s characters.", name=name[:30], longest=LONGEST)
    else:
        return ""
