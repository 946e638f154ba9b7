"""A row of a list of gigs, read into the columns of a gig."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import day
from app.imports.categorising import Guesser
from app.imports.cells import UnreadableCell, read_count, read_date, read_level, read_place, read_skills
from app.imports.pay import UnreadablePay, read_pay
from app.imports.rows import RefusedRow
from app.imports.summaries import written_summary

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_DESCRIPTION = 120, 200, 12_000

_ASK = _l("*This gig came from a list and has no description of its own. Ask about it before you raise your hand.*")


@dataclass(frozen=True, slots=True)
class ReadGig:
    """`columns` as a gig has them; skills by name."""

    columns: dict[str, Any]
    needed: list[str] = field(default_factory=list)
    gained: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GigReader:
    """Reads rows with what holds for the whole file: the currency of bare amounts, today, and where the rest belongs."""

    guesser: Guesser
    currency: str
    today: date
    otherwise: UUID | None = None

    def read(self, values: dict[str, str]) -> ReadGig:
        """Return the gig that a row tells of.

        :raises RefusedRow: with the reason, when it cannot be one.
        """
        said = {key: text.strip() for key, text in values.items()}
        title = _one_line(said.get("title", ""))
        if len(title) < 3:
            raise RefusedRow(_("It has no title."))
        try:
            return self._read(title, said)
        except (UnreadablePay, UnreadableCell) as problem:
            raise RefusedRow(str(problem)) from None

    def _read(self, title: str, said: dict[str, str]) -> ReadGig:
        skills = read_skills(said.get("skills", ""))
        level = read_level(said.get("level", ""))
        currency = said.get("currency", "").upper()
        pay = read_pay(
            said.get("pay", ""), said.get("budget", ""), currency=currency if len(currency) == 3 else self.currency
        )
        place, remote = read_place(said.get("place", ""))
        hours = read_count(said.get("effort", ""), least=1, most=5_000)
        category = self.guesser.named(said.get("category", "")) or self.guesser.guess(skills.names, title)
        summary = _one_line(said.get("summary", "")) or written_summary(skills.names, skills.unnamed, level, pay)
        columns = {
            "title": _cut(title, LONGEST_TITLE),
            "summary": _cut(summary, LONGEST_SUMMARY),
            "description": self._description(title, said.get("description", ""), skills.unnamed),
            "direction": "offer"
            if said.get("direction", "").casefold().startswith(("offer", "i do", "i can"))
            else "request",
            "category_id": category or self.otherwise,
            "level": level,
            "place": place,
            "remote": remote if remote is not None else True,
            "effort_minutes": hours * 60 if hours else None,
            "effort_span": "total" if hours else None,
            "due_on": self._due(said.get("due", "")),
            "seats": read_count(said.get("seats", ""), least=1, most=500) or 1,
            **pay.columns(),
        }
        return ReadGig(columns, skills.names, read_skills(said.get("gained", "")).names)

    def _due(self, cell: str) -> date | None:
        due = read_date(cell)
        if due is not None and due < self.today:
            raise RefusedRow(_("It was due on %(day)s, which is over.", day=day(due, self.today)))
        return due

    @staticmethod
    def _description(title: str, text: str, unnamed: int) -> str:
        parts = [
            title if len(title) > LONGEST_TITLE else "",
            text or str(_ASK),
            ngettext(
                "The list asks for %(num)s more skill without naming them.",
                "The list asks for %(num)s more skills without naming them.",
                unnamed,
            )
            if unnamed
            else "",
        ]
        return "\n\n".join(filter(None, parts))[:LONGEST_DESCRIPTION]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;:-')}…"
