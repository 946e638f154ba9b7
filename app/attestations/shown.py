"""Reviews that travel, as pages and components take them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.attestations.queries import Carried
from app.core.languages import gettext as _
from app.core.wording import month
from app.profiles.people import as_person

_LABEL = 90


def options(rows: Iterable[Row[Any]]) -> list[tuple[UUID, str]]:
    """Return what there is to take as options of a form."""
    return [(row.review_id, _short(row.text) or row.title) for row in rows]


def notes(rows: Iterable[Row[Any]]) -> dict[str, str]:
    """Return for each option how it will be told elsewhere."""
    return {str(row.review_id): _told(row) for row in rows}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LABEL else f"{line[: _LABEL - 1].rstrip()}…"


def _told(row: Row[Any]) -> str:
    who = row.author_name if row.naming == "agreed" and row.standing == "active" else _client_or_worker(row)
    return _("%(rating)s of 5 · %(category)s · %(who)s", rating=row.rating, category=row.category, who=who)


def _client_or_worker(row: Row[Any]) -> str:
    return (
        _("from a client, not named") if row.worker_id != row.author_id else _("from whoever did the work, not named")
    )


def as_rows(rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """Return what there is to take with what was settled about each: whether a name may be asked for, what was taken."""
    return [
        {
            "id": row.review_id,
            "attestation_id": row.attestation_id,
            "author": row.author_name,
            "is_here": row.standing == "active",
            "text": _short(row.text) or row.title,
            "naming": row.naming or "unasked",
            "taken_at": row.taken_at,
        }
        for row in rows
    ]


def as_questions(rows: Iterable[Row[Any]]) -> list[dict[str, Any]]:
    """Return the reviews with which others would tell one's name."""
    return [
        {
            "id": row.id,
            "person": as_person(row),
            "naming": row.naming,
            "text": _short(row.text) or row.title,
            "title": row.title,
        }
        for row in rows
    ]


def as_reviews(found: Iterable[Carried]) -> list[dict[str, Any]]:
    """Return reviews from elsewhere as the component `review` takes them, with their marketplace and their number."""
    return [
        {
            "id": one.id,
            "author": {"name": one.statement.author or _nameless(one), "hue": None},
            "rating": one.statement.rating,
            "text": one.statement.text,
            "about": _(
                "%(work)s, %(month)s, at %(hall)s",
                work=one.statement.work,
                month=month(date.fromisoformat(f"{one.statement.month}-01")),
                hall=one.hall,
            ),
            "hall": one.hall,
            "slug": one.slug,
        }
        for one in found
    ]


def _nameless(one: Carried) -> str:
    return _("A client") if one.statement.side == "worker" else _("Somebody who did work")
