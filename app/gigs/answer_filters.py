"""The part of the filter column about what the one category asks: options to be picked, ranges to be typed."""

from typing import Any

from app.core.languages import gettext as _
from app.fields.filtering import changed, chosen, ends, range_in_words
from app.fields.queries import Asked, Offered
from app.gigs.answer_groups import AnswerGroup
from app.gigs.search import Search

Item = dict[str, Any]


class AnswerFilters:
    """What a filter column says of a category's own fields."""

    search: Search
    base: str
    _words: dict[str, str | None]

    def _item(self, label: str, count: int | None, current: bool, **changes: str | None) -> Item:
        raise NotImplementedError

    def _answers(self, group: AnswerGroup) -> dict[str, Any] | None:
        """Return what can be chosen of a category's own field: any of its options, or a range in a form."""
        value = chosen(self.search.asks, group.field)
        lifting = self._item(_("Any"), None, not value, asks=changed(self.search.asks, group.field, ""))
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
        asks = changed(self.search.asks, group.field, "~".join(left))
        return self._item(option.name, group.counts.get(option.id, 0), is_picked, asks=asks)

    def _range(self, field: Asked, value: str, lifting: Item) -> dict[str, Any]:
        said = range_in_words(field, value) if value else ""
        kept = {**self._words, "asks": changed(self.search.asks, field, "")}
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
        items = [lifting, self._item(said, None, True, asks=self.search.asks)] if said else []
        title = f"{field.name} ({field.unit})" if field.unit else field.name
        return {"title": title, "items": items, "span": span}
