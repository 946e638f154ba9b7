"""A listing as whoever looks finds it. Nothing is read before a page shows it, and what many people see alike is read once
and remembered until something in the marketplace changes.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from flask import current_app, url_for
from markupsafe import Markup
from sqlalchemy import Row

from app.core import clock
from app.core.caching import Cache, caches
from app.core.languages import gettext as _
from app.core.languages import language, ngettext
from app.core.paging import Page
from app.core.wording import number
from app.exposure.noting import note_shown
from app.gigs.answer_groups import answer_groups, understood
from app.gigs.answering import Answers
from app.gigs.cards import Reader, cards
from app.gigs.facets import facets, groups_chosen
from app.gigs.filtering import AtLeast, FilterColumn
from app.gigs.knowing import gigs_from_known
from app.gigs.queries import listing, skills_of_member
from app.gigs.queries.choices import Choices, choices
from app.gigs.queries.open_gigs import shape_of, spot_of, values_of
from app.gigs.search import Search
from app.search.matching import Answer
from tenants import versions
from tenants.context import Actor, current_tenant

Found = TypeVar("Found")
# What an entry takes, roughly, in bytes: a row with its words and its objects, the counts with their markup.
_ROW, _COLUMN, _FEW = 2_000, 16_000, 500


class Finding:
    """The gigs that answer a search for a viewer. `base` is the page's path; `fixed` names the filters that the page sets."""

    def __init__(
        self,
        search: Search,
        viewer: Actor | None,
        base: str,
        *,
        fixed: Collection[str] = (),
        level: int = 3,
        shows_choices: bool = True,
    ) -> None:
        hall = current_tenant()
        self.search = search = understood(search, viewer)
        self.viewer = viewer
        self.level = level
        self._shows_choices = shows_choices
        self._base, self._fixed, self._today = base, tuple(fixed), clock.today(hall.time_zone)
        self._now = (hall.id, hall.versions, language())
        # What this very request has changed may still be undone: nobody else must find it.
        self._lists: Cache[Any] = Cache(0) if versions.changing() else caches().lists
        self._answers = Answers(search, viewer, self._lists, self._now)

    @cached_property
    def column(self) -> FilterColumn:
        """The choices beside the list."""
        first_page = replace(self.search, at=None)
        return self._shared(
            ("column", self._base, self._shows_choices, first_page), self._count, lambda _column: _COLUMN
        )

    @property
    def filters(self) -> Markup:
        """The choices as they are shown: to members with those from people whom they know."""
        viewer, first_page = self.viewer, replace(self.search, at=None)
        if viewer is None:
            return self.column.markup
        narrowed = self._answers.narrowed
        known = self._lists.kept(
            (*self._now, "known", viewer.id, first_page),
            lambda: gigs_from_known(first_page, viewer, narrowed and narrowed.ids),
        )
        return self.column.drawn(known) if known or self.search.known else self.column.markup

    @property
    def answer(self) -> Answer | None:
        """What the words of the search find, before filters and blocks; None where there are no words."""
        return self._answers.whole

    @cached_property
    def page(self) -> Page[Row[Any]]:
        """The rows, as `listing` gives them; whose skills they mark is said by `reader`."""
        # The counts first: they tell who may share. Asked for that alone.
        self.column  # noqa: B018
        return self._shared(("page", self.search), self._read, lambda page: _ROW * (len(page) + 1))

    @property
    def listing(self) -> Markup:
        """The rows under their heading, and the way to further pages."""
        if not self._lists.capacity:
            return self._drawn()
        key = (*self._now, self._audience, "listing", self._base, self.search, self.level, self._today, *self._marks())
        return Markup(self._lists.kept(key, self._drawn))

    @property
    def rows(self) -> Markup:
        """The rows alone."""
        page = self.page
        return cards(page, level=self.level, reader=self._reader)

    def note_shown(self, most: int | None = None) -> None:
        """Count that a member is shown these rows, or the first of them: what others posted."""
        if self.viewer is not None:
            me = self.viewer.id
            note_shown("gig", [row.id for row in list(self.page)[:most] if row.author_id != me])

    @property
    def total(self) -> int:
        return self.column.found.total

    @property
    def category(self) -> str | None:
        """The name of the one category that the list is of."""
        slug = self.search.category
        return None if slug is None else self.column.found.categories.get(slug)

    @property
    def heading(self) -> str:
        """How many there are: exactly, as long as all that was found could be counted."""
        return headed(self.total, has_more=self._has_more)

    @property
    def back(self) -> str:
        """What the way to the page before is called."""
        return {"newest": _("Newer"), "due": _("Earlier"), "near": _("Nearer")}.get(self.search.order, _("Back"))

    @property
    def onward(self) -> str:
        """What the way to the next page is called."""
        return {"newest": _("Older"), "due": _("Later"), "near": _("Farther")}.get(self.search.order, _("More gigs"))

    @property
    def is_lost(self) -> bool:
        """Whether distances were asked for from a place that nobody knows."""
        return self.search.near is not None and spot_of(self.search) is None

    @property
    def alert_href(self) -> str:
        """The address at which a member asks to be told of new gigs that answer this, but for what the category asks."""
        return url_for("alerts.new") + replace(self.search, sort=None, asks=None).query()

    @property
    def has_answers(self) -> bool:
        """Whether words were asked for, and something says them: only then there is a word on how they were understood."""
        return self.answer is not None and self.total > 0

    def _drawn(self) -> Markup:
        # Macros are attributes of their file only when it runs.
        return Markup(current_app.jinja_env.get_template("gigs/listing.html").module.listing(self))  # type: ignore[attr-defined]

    def _marks(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the skills that the rows mark as the viewer's: whoever has the same of them sees the same."""
        page = self.page
        if self._reader is None:
            return _all_of(row.held for row in page), _all_of(row.wanted for row in page)
        needed, gained = self._shared(
            ("skills", self.search),
            lambda: (_all_of(row.skills for row in page), _all_of(row.gained for row in page)),
            lambda _: _COLUMN,
        )
        return self._reader.held & needed, self._reader.wanted & gained

    def _count(self) -> FilterColumn:
        """Return the choices with their counts. Those of a group that was chosen from are of all that words found; the others'
        are of what the filters leave.
        """
        whole, narrowed = self._answers.whole, self._answers.narrowed
        found = facets(self.search, self.viewer, narrowed and narrowed.ids)
        choices = self._choices(narrowed)
        chosen = groups_chosen(self.search)
        if whole is not narrowed:
            found = found.with_groups(chosen, facets(self.search, self.viewer, whole and whole.ids))
            choices |= {name: counts for name, counts in self._choices(whole).items() if name in chosen}
        if self.viewer is not None:
            self._lists.put((*self._now, "apart"), found.apart, _FEW)
        return FilterColumn(
            self.search,
            found,
            self._base,
            self._fixed,
            AtLeast(chosen, bool(whole and whole.has_more), bool(narrowed and narrowed.has_more)),
            choices,
            signed_in=self.viewer is not None,
            answers=answer_groups(self.search, self.viewer, found, narrowed and narrowed.ids),
        )

    def _read(self) -> Page[Row[Any]]:
        # Fresh rows know the skills of whom they were read for.
        self._reader = None
        return listing(self.search, self.viewer, self._answers.of_page)

    def _choices(self, among: Answer | None) -> Choices:
        """Return what further choices would leave: only of what words found, which is never more than can be looked through."""
        if not (among and among.ids and self._shows_choices):
            return {}
        values = values_of(self.search, self.viewer, among.ids)
        return choices(shape_of(self.search), values, signed_in=self.viewer is not None)

    @property
    def _has_more(self) -> bool:
        return bool(self._answers.narrowed and self._answers.narrowed.has_more)

    @cached_property
    def _reader(self) -> Reader | None:
        viewer = self.viewer
        if viewer is None:
            return None
        return self._lists.kept((*self._now, "skills", viewer.id), lambda: Reader(*skills_of_member(viewer.id)))

    def _shared(self, what: tuple[Hashable, ...], make: Callable[[], Found], size: Callable[[Found], int]) -> Found:
        """Return what somebody of the same audience has already found, or find it."""
        found: Found | None = self._lists.get((*self._now, self._audience, *what))
        if found is None:
            found = make()
            self._lists.put((*self._now, self._audience, *what), found, size(found))
        return found

    @property
    def _audience(self) -> Hashable:
        """Return who sees the same lists: visitors; members; or one member alone, who asks for people they know, has blocked
        somebody or was blocked, or of whom that is not known yet.
        """
        if self.viewer is None:
            return "visitors"
        elif self.search.known is not None:
            return self.viewer.id
        apart = self._lists.get((*self._now, "apart"))
        return "members" if apart is not None and self.viewer.id not in apart else self.viewer.id


def _all_of(names: Iterable[Sequence[str] | None]) -> frozenset[str]:
    return frozenset(name for some in names for name in some or ())


def headed(total: int, *, has_more: bool) -> str:
    """Return the heading of a list of open gigs."""
    if has_more:
        return _("%(num)s+ open gigs", num=number(total))
    else:
        return ngettext("%(num)s open gig", "%(num)s open gigs", total)
