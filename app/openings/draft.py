"""What a founder has said so far. It lives in their own cookie: nothing is written before the marketplace opens."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from dataclasses import field as made
from typing import Any

from flask import session

from app.core.languages import gettext as _
from app.core.languages import language, speaking
from app.openings.fields import FIELDS, Field

_KEY = "opening"


@dataclass(frozen=True)
class Draft:
    """The answers of all steps. `done` holds the steps that were sent and found good."""

    name: str = ""
    slug: str = ""
    kind: str = "community"
    tagline: str = ""
    field: str = ""
    categories: list[str] = made(default_factory=list)
    more: str = ""
    preset: str = ""
    brand_colour: str = ""
    who_may_see: str = ""
    who_may_join: str = ""
    who_may_post: str = ""
    time_zone: str = "UTC"
    locale: str = ""
    done: list[str] = made(default_factory=list)

    @classmethod
    def kept(cls) -> "Draft":
        """Return this browser's draft, empty at first."""
        said = session.get(_KEY) or {}
        return cls(**{name: value for name, value in said.items() if name in cls.__dataclass_fields__})

    def with_step(self, step: str, answers: dict[str, Any]) -> "Draft":
        """Return the draft with one more step; a new field of work brings its suggestions along."""
        changed = replace(self, **answers, done=[*(one for one in self.done if one != step), step])
        if step == "field" and changed.field != self.field:
            changed = changed.suggested(FIELDS[changed.field])
        changed.keep()
        return changed

    def keep(self) -> None:
        """Keep the draft in the cookie."""
        session[_KEY] = asdict(self)

    @staticmethod
    def forget() -> None:
        session.pop(_KEY, None)

    @property
    def language(self) -> str:
        """The language that the marketplace will speak: the one chosen, else the one that its founder reads now."""
        return self.locale or language()

    def choices(self) -> list[tuple[str, str, str]]:
        """Return the categories that the field of work suggests: what each is kept as, its name and its summary as the
        marketplace will speak.
        """
        with speaking(self.language):
            return (
                [(one.name, _(one.name), _(one.summary)) for one in FIELDS[self.field].categories] if self.field else []
            )

    def missing(self, steps: tuple[str, ...]) -> Iterator[str]:
        """Return the steps that are not done yet, in order."""
        return (step for step in steps if step not in self.done)

    def suggested(self, start: Field) -> "Draft":
        """Return the draft with what a field of work suggests: categories, look and access."""
        access = start.access
        with speaking(self.language):
            tagline = self.tagline or _(start.tagline)
        return replace(
            self,
            categories=[category.name for category in start.categories],
            preset=start.preset,
            brand_colour=start.brand_colour,
            tagline=tagline,
            who_may_see="members" if self.kind == "company" else access.who_may_see,
            who_may_join="invitation" if self.kind == "company" else access.who_may_join,
            who_may_post=access.who_may_post,
            done=[one for one in self.done if one in ("name", "field")],
        )
