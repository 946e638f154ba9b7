"""The filter column beside the directory: each choice with its address and how many people it would leave."""

from typing import Any

from app.core.languages import gettext as _
from app.people.facets import Choice, Facets
from app.people.search import Search

Item = dict[str, Any]


def groups(search: Search, found: Facets, base: str) -> list[dict[str, Any]]:
    """Return `title` and `items` of each group that has something to choose; its first item lifts the filter."""

    def item(label: str, people: int, current: bool, **changes: str | None) -> Item:
        return {"label": label, "count": people, "current": current, "href": base + search.query(**changes)}

    def items(name: str, **lifting: None) -> list[Item]:
        chosen = getattr(search, name)
        listed = found.choices.get(name, [])
        if chosen is not None and chosen not in {choice.value for choice in listed}:
            # What is chosen stays in sight, also when it is rare; a slug is close to the word that it was made from.
            label = chosen if name == "place" else chosen.replace("-", " ").capitalize()
            listed = [*listed, Choice(chosen, label, found.total)]
        return [item(one.label, one.people, one.value == chosen, **{**lifting, name: one.value}) for one in listed]

    anywhere = search.where is None and search.place is None
    every = [
        (
            _("Time"),
            item(_("Any"), found.any["free"], search.free is None, free=None),
            [item(_("Free now"), found.free, search.free == "now", free="now")],
        ),
        (_("Skill"), item(_("Any"), found.any["skill"], search.skill is None, skill=None), items("skill")),
        (
            _("Where"),
            item(_("Anywhere"), found.any["place"], anywhere, where=None, place=None),
            [
                item(_("Remote"), found.remote, search.where == "remote", where="remote", place=None),
                *items("place", where=None),
            ],
        ),
        (
            _("Leads or advises"),
            item(_("Everybody"), found.any["field"], search.field is None, field=None),
            items("field"),
        ),
    ]
    return [{"title": title, "items": [lift, *rest]} for title, lift, rest in every if rest]
