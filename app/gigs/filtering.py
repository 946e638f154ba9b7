"""The filter column beside a listing: each choice with its address and how many gigs it would leave."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flask import current_app
from markupsafe import Markup

from app.core.languages import gettext as _
from app.core.wording import number
from app.gigs import wording
from app.gigs.answer_filters import AnswerFilters
from app.gigs.answer_groups import AnswerGroup
from app.gigs.facets import Facets
from app.gigs.narrowing_labels import narrowing_labels
from app.gigs.search import WITHIN, Search, query

_MOST_PLACES = 8
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Which counts may be of more than could be looked through: of the groups that were chosen from, of the others."""

    chosen: frozenset[str] = frozenset()
    of_chosen: bool = False
    of_others: bool = False

    def __contains__(self, group: object) -> bool:
        return self.of_chosen if group in self.chosen else self.of_others


@dataclass(frozen=True)
class FilterColumn:
    """The choices beside one listing. `base` is its path; `fixed` names the filters that the page itself sets; groups that are
    `in at_least` have more than is counted.
    """

    search: Search
    found: Facets
    base: str
    fixed: Collection[str] = ()
    at_least: AtLeast = AtLeast()
    #: Of what words found, how many each choice of the narrowing filters would leave.
    narrowing: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    signed_in: bool = False
    #: What the one category asks beside what every gig says.
    answers: tuple[AnswerGroup, ...] = ()

    @cached_property
    def markup(self) -> Markup:
        """The column as it is shown to everybody."""
        return _drawn(self.groups())

    def drawn(self, from_known: int) -> Markup:
        """Return the column as it is shown to a member, with how many gigs are from people whom they know."""
        chosen = self.search.known is not None
        items = [
            self._item(_("Everybody"), None, not chosen, known=None),
            self._item(_("People you know"), from_known, chosen, known="yes"),
        ]
        own = {"title": _("From"), "items": items, "more": "known" in self.at_least}
        first, *others = self.groups() or [None]
        return _drawn([group for group in (first, own, *others) if group is not None])

    def groups(self) -> list[dict[str, Any]]:
        """Return `title` and `items` of each group that has something to choose; its first item lifts the filter."""
        answers = AnswerFilters(self.search.asks, self.base, self._words, self._item)
        groups = [
            self._group(_("Looking for"), "direction", _("Everything"), wording.DIRECTIONS),
            self._categories(),
            *(answers.group(group) for group in self.answers),
            self._group(_("Kind"), "kind", _("Any kind"), wording.KINDS),
            self._group(_("Settled by"), "settlement", _("Anything"), wording.SETTLEMENTS),
            self._places(),
            self._nearness(),
            *self._narrowing(),
        ]
        return [group for group in groups if group is not None]

    def sortings(self) -> list[Item]:
        """Return the orders that the listing can have."""
        order, has_words = self.search.order, self.search.q is not None
        every = [
            *([("fit", _("Best match"))] if has_words else []),
            ("newest", _("Newest")),
            ("due", _("Due soonest")),
            *([("pay", _("Best paid"))] if has_words or order == "pay" else []),
            *([("near", _("Nearest"))] if self._measures else []),
        ]
        usual = replace(self.search, sort=None).order
        return [
            {"label": label, "href": self._href(sort=None if name == usual else name), "current": name == order}
            for name, label in every
        ]

    @property
    def lifted(self) -> str:
        """Return the address without filters, the words kept."""
        return self.base + Search(q=self.search.q).query()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the filters and the order as fields of a form that asks for other words."""
        words = {**self.search.filters, "sort": self.search.sort}
        return [(name, word) for name, word in words.items() if word is not None and name not in self.fixed]

    @property
    def is_narrowed(self) -> bool:
        """Whether whoever looks chose a filter."""
        return bool(set(self.search.filters) - set(self.fixed))

    @property
    def turning(self) -> str:
        """Return the address of another page of the listing, up to its cursor."""
        return self._href(at="")

    def _group(self, title: str, name: str, anything: str, labels: Mapping[str, str]) -> dict[str, Any] | None:
        counts, chosen = self.found.counts[name], getattr(self.search, name)
        # What is chosen stays in sight, also when nothing is left of it.
        values = [value for value in labels if value in counts or value == chosen]
        if name in self.fixed or (len(values) < 2 and chosen is None):
            return None
        lifting = self._item(anything, sum(counts.values()), chosen is None, **{name: None})
        choices = [
            self._item(labels[value], counts.get(value, 0), value == chosen, **{name: value}) for value in values
        ]
        return {"title": title, "items": [lifting, *choices], "more": name in self.at_least}

    def _categories(self) -> dict[str, Any] | None:
        """Return the categories, those within another below it: its count holds theirs."""
        own, chosen, parents = self.found.counts["category"], self.search.category, self.found.parents
        counts = dict(own)
        for slug, parent in parents.items():
            counts[parent] = counts.get(parent, 0) + own.get(slug, 0)
        values = [slug for slug in self.found.categories if slug in counts or slug == chosen]
        if "category" in self.fixed or (len(values) < 2 and chosen is None):
            return None
        lifting = self._item(_("All categories"), sum(own.values()), chosen is None, category=None)
        choices = [
            self._item(self.found.categories[slug], counts.get(slug, 0), slug == chosen, category=slug)
            | {"inner": slug in parents}
            for slug in values
        ]
        return {"title": _("Category"), "items": [lifting, *choices], "more": "category" in self.at_least}

    def _narrowing(self) -> Iterator[dict[str, Any]]:
        """Yield the groups that narrow what words found; without words, what is chosen of them, to be lifted."""
        for name, title, anything, labels in narrowing_labels():
            counts, chosen = self.narrowing.get(name, {}), getattr(self.search, name)
            known = labels or dict.fromkeys([*counts, *([chosen] if chosen else [])])
            values = [value for value in known if value in counts or value == chosen]
            if name not in self.fixed and values:
                items = [
                    self._item(labels.get(value, value), counts.get(value), value == chosen, **{name: value})
                    for value in values
                ]
                lifting = self._item(anything, None, chosen is None, **{name: None})
                yield {"title": title, "items": [lifting, *items], "more": name in self.at_least}

    def _places(self) -> dict[str, Any] | None:
        search, counts = self.search, self.found.counts
        somewhere = search.where is not None or search.place is not None
        items = [
            self._item(_("Anywhere"), sum(counts["remote"].values()), not somewhere, where=None, place=None),
            self._item(
                _("Remote"), counts["remote"].get(True, 0), search.where == "remote", where="remote", place=None
            ),
            self._item(
                _("On site"), counts["onsite"].get(True, 0), search.where == "onsite", where="onsite", place=None
            ),
        ]
        most = sorted((-count, place) for place, count in counts["place"].items() if place)[:_MOST_PLACES]
        places = {place: -count for count, place in most}
        if search.place is not None:
            places.setdefault(search.place, counts["place"].get(search.place, 0))
        items += [
            self._item(place, count, place == search.place, where=None, place=place) for place, count in places.items()
        ]
        choices = [item for item in items[1:] if item["count"] or item["current"]]
        if len(choices) < 2 and not somewhere:
            return None
        return {"title": _("Where"), "items": [items[0], *choices], "more": "place" in self.at_least}

    def _nearness(self) -> dict[str, Any] | None:
        """Return the circles around the place that is measured from, and the field for another; nothing where all is remote."""
        search, circles = self.search, self.found.counts.get("circle", {})
        if search.near is None and set(self.found.counts["onsite"]) <= {False}:
            return None
        items = []
        if self._measures:
            items = [self._item(_("Any distance"), sum(circles.values()), search.within is None, within=None)]
            for reach in WITHIN:
                inside = sum(gigs for circle, gigs in circles.items() if circle is not None and circle <= int(reach))
                if inside or search.within == reach:
                    label = _("Within %(num)s km", num=number(int(reach)))
                    items.append(self._item(label, inside, search.within == reach, within=reach))
        kept = {**self._words, "near": None, "sort": None if search.sort == "near" else search.sort}
        around = {
            "action": self.base,
            "near": search.near or "",
            "kept": [(name, word) for name, word in kept.items() if word is not None],
            "mine": self._href(near="me", sort=None) if self.signed_in and search.near is None else None,
            "suggests": self.signed_in,
        }
        return {"title": _("Near a place"), "items": items, "around": around, "more": "circle" in self.at_least}

    @property
    def _measures(self) -> bool:
        return "circle" in self.found.counts

    def _item(self, label: str, count: int | None, current: bool, **changes: str | None) -> Item:
        return {"label": label, "count": count, "current": current, "href": self._href(**changes)}

    def _href(self, **changes: str | None) -> str:
        if "category" in changes:
            # Another category asks other things.
            changes.setdefault("asks", None)
        return self.base + query({**self._words, **changes})

    @cached_property
    def _words(self) -> dict[str, str | None]:
        # A page of a listing asks for twenty addresses.
        return {**self.search.words, **dict.fromkeys(self.fixed)}


def _drawn(groups: list[dict[str, Any]]) -> Markup:
    components = current_app.jinja_env.get_template("components/lists.html").module
    return Markup(components.filters(groups))  # type: ignore[attr-defined]
