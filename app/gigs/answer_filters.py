"""The part of the filter column about what the one category asks: options to be picked, ranges to be typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.languages import gettext as _
from app.fields.filtering import changed, chosen, ends, range_in_words
from app.fields.queries import Asked, Offered
from app.gigs.answer_groups import AnswerGroup

Item = dict[str, Any]


@dataclass(frozen=True)
class AnswerFilters:
    """What a filter column says of a category's own fields.

    :ivar asks: what is chosen of them, as it stands in the address.
    :ivar item: makes a choice of the column: of a label, a count, whether it is chosen, and what it changes in the address.
    """

    asks: str | None
    base: str
    words: Mapping[str, str | None]
    item: Callable[..., Item]

    def group(self, group: AnswerGroup) -> dict[str, Any] | None:
        """Return what can be chosen of a category's own field: any of its options, or a range in a form."""
        value = chosen(self.asks, group.field)
        lifting = self.item(_("Any"), None, not value, asks=changed(self.asks, group.field, ""))
        if group.field.kind != "choice":
            return self._range(group.field, value, lifting)
        picked = [slug for slug in value.split("~") if slug]
        items = [
            self._option(group, option, picked)
            for option in group.field.options
            if option.id in group.counts or option.slug in picked
        ]
        return {"title": group.field.name, "items": [lifting, *items]} if items else None

    def _option(self, group: AnswerGroup, option: Offered, picked: list[str]) -> Item:
        is_picked = option.slug in picked
        left = [slug for slug in picked if slug != option.slug] + ([] if is_picked else [option.slug])
        asks = changed(self.asks, group.field, "~".join(left))
        return self.item(option.name, group.counts.get(option.id, 0), is_picked, asks=asks)

    def _range(self, field: Asked, value: str, lifting: Item) -> dict[str, Any]:
        said = range_in_words(field, value) if value else ""
        kept = {**self.words, "asks": changed(self.asks, field, "")}
        least, most = ends(field, value)
        span = {
            "action": self.base,
            "name": f"asks-{field.slug}",
            "title": field.name,
            "type": "date" if field.kind == "date" else "text",
            "least": least,
            "most": most,
            "unit": field.unit,
            "kept": [(name, word) for name, word in kept.items() if word is not None],
        }
        items = [lifting, self.item(said, None, True, asks=self.asks)] if said else []
        title = f"{field.name} ({field.unit})" if field.unit else field.name
        return {"title": title, "items": items, "span": span}
