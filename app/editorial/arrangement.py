"""How a front page is put together: which blocks, in which order, under which words. Values only; nothing here is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from app.core.languages import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Kind:
    """What a block is, in a leader's words.

    :param heading: what stands over it until a leader writes something else.
    :param is_fixed: whether it opens the page, always.
    :param is_text: whether it is nothing but what a leader writes.
    """

    label: str
    about: str
    heading: str = ""
    is_fixed: bool = False
    is_text: bool = False
    shown_at_first: bool = True


#: Every block there is, in the order in which a new front page has them.
KINDS: dict[str, Kind] = {
    "opening": Kind(
        _l("Opening"), _l("Your title and a line below it, on your pattern, with the first thing to do."), is_fixed=True
    ),
    "gigs": Kind(_l("What is open"), _l("The newest gigs that whoever looks may see."), _l("Open now")),
    "categories": Kind(
        _l("Categories"), _l("Your fields of work with their emblems and what is open in each."), _l("Categories")
    ),
    "people": Kind(_l("People"), _l("Who joined last, with what they do."), _l("New here")),
    "news": Kind(
        _l("News of categories"),
        _l("What leaders of categories write and offer to the front page, the newest first."),
        _l("News"),
        shown_at_first=False,
    ),
    "words": Kind(
        _l("Text of your own"), _l("Anything you want to say, in Markdown."), is_text=True, shown_at_first=False
    ),
    "how": Kind(
        _l("How it works"),
        _l("Four steps from coming in to saying how it was, as your marketplace is set up. For visitors."),
        _l("How it works"),
    ),
    "voices": Kind(
        _l("Voices"), _l("What members wrote after finished work, as soon as there is some."), _l("What people say")
    ),
    "thanks": Kind(
        _l("Thanks"),
        _l("What members thanked each other for last, where those who were thanked let it be read."),
        _l("Thanks"),
    ),
    "more_words": Kind(
        _l("Second text"), _l("Another text of your own, in Markdown."), is_text=True, shown_at_first=False
    ),
    "join": Kind(_l("Join"), _l("The way in, as you have settled who may join. For visitors.")),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a front page. An empty title or text means the usual one."""

    name: str
    shown: bool = True
    title: str = ""
    text: str = ""

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]

    @property
    def heading(self) -> str:
        return self.title or self.kind.heading

    @property
    def is_empty(self) -> bool:
        """Whether it would show nothing, however much there is in the marketplace."""
        return self.kind.is_text and not self.text


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All blocks in their order, those that are not shown too."""

    blocks: tuple[Block, ...]

    @classmethod
    def usual(cls) -> Self:
        return cls(tuple(Block(name, kind.shown_at_first) for name, kind in KINDS.items()))

    @classmethod
    def read(cls, stored: Sequence[dict[str, Any]]) -> Self:
        """Return what `stored()` gave. Blocks that are no more are left out; those that came since stand where a new front page
        has them.
        """
        kept = [Block(**one) for one in stored if one["name"] in KINDS]
        names = [one.name for one in kept]
        for place, usual in enumerate(cls.usual().blocks):
            if usual.name not in names:
                kept.insert(place, usual)
        return cls(tuple(sorted(kept, key=lambda one: not one.kind.is_fixed)))

    def stored(self) -> list[dict[str, Any]]:
        """Return it as JSON keeps it."""
        return [{"name": one.name, "shown": one.shown, "title": one.title, "text": one.text} for one in self.blocks]

    def block(self, name: str) -> Block:
        return next(one for one in self.blocks if one.name == name)

    def moved(self, name: str, *, up: bool) -> Self:
        """Return the arrangement with a block one place further up or down; at its end, or fixed, it stays."""
        blocks = list(self.blocks)
        here = blocks.index(self.block(name))
        there = here - 1 if up else here + 1
        if not 0 <= there < len(blocks) or blocks[here].kind.is_fixed or blocks[there].kind.is_fixed:
            return self
        blocks[here], blocks[there] = blocks[there], blocks[here]
        return replace(self, blocks=tuple(blocks))

    def switched(self, name: str, *, shown: bool) -> Self:
        """Return the arrangement with a block shown or left out; what is fixed stays."""
        return self._with(name, shown=shown or KINDS[name].is_fixed)

    def worded(self, name: str, *, title: str, text: str) -> Self:
        """Return the arrangement with other words for a block; what is all text is shown by getting some."""
        shown = bool(text) if KINDS[name].is_text else self.block(name).shown
        return self._with(name, title=title, text=text, shown=shown)

    def _with(self, name: str, **changes: Any) -> Self:
        blocks = tuple(replace(one, **changes) if one.name == name else one for one in self.blocks)
        return replace(self, blocks=blocks)
