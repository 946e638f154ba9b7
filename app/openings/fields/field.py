"""What a field of work brings along."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StarterCategory:
    """A category that a new marketplace begins with; `emblem` is a key of `themes.drawing.marks`.

    Words are in English; whoever shows or keeps them says them with `gettext`.
    """

    name: str
    summary: str
    emblem: str


@dataclass(frozen=True, slots=True)
class Access:
    """The three switches as they suit a field, in the words of `tenants.models`."""

    who_may_see: str = "anyone"
    who_may_join: str = "approval"
    who_may_post: str = "members"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work: how its marketplace might look, who gets in, and what is in it on the first day.

    `tagline` completes the wizard's "a sentence about it" until the leader writes one; `charter` is a sample
    in Markdown for the field's categories: what belongs here, and how people here work together.
    """

    key: str
    label: str
    description: str
    kind: str
    preset: str
    brand_colour: str
    access: Access
    tagline: str
    charter: str
    categories: tuple[StarterCategory, ...]
