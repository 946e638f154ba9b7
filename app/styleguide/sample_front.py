"""Made-up parts of a marketplace's own pages for the style guide: its masthead, and the blocks of its front page."""

from datetime import timedelta
from types import SimpleNamespace as Thing
from typing import Any

from app.core import clock
from app.core.ids import new_id
from app.editorial.arrangement import Block
from app.halls.front import Part, Row
from app.halls.how import Step, WayIn
from app.kudos.queries import Thanks
from app.styleguide.samples import HALL, ORLA, PEOPLE, PICTURED, TOMASZ
from themes.uploads import Shown

PAGE_LINKS = [{"href": "#about", "label": "About us"}, {"href": "#code", "label": "How we work"}]

# Drawn here, as the guide has nobody's pictures: a mark as wide as high, a word, and a wall of letters.
_SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {size}' width='{width}' height='{height}'%3E"
    "{inner}%3C/svg%3E"
)
_MARK = _SVG.format(
    size="44 44",
    width=44,
    height=44,
    inner="%3Ccircle cx='22' cy='22' r='21' fill='%23264f3f'/%3E%3Cpath d='M15 32V12h4v16h10v4z' fill='%23f3ead7'/%3E",
)
_WORD = _SVG.format(
    size="132 44",
    width=132,
    height=44,
    inner="%3Cpath d='M4 36V8h7v22h12v6zM30 8h20v6H37v5h11v6H37v5h13v6H30zM57 8h24v6h-8v22h-7V14h-9zM87 8h24v6h-8v22h-7V14h-9z'"
    " fill='%23264f3f'/%3E",
)
_WALL = _SVG.format(
    size="1600 640",
    width=1600,
    height=640,
    inner="%3Cpath fill='%23c9b48f' d='M0 0h1600v640H0z'/%3E%3Cg fill='none' stroke='%235b4a3a' stroke-width='26'%3E"
    "%3Cpath d='M180 520V120h210M180 320h150M520 520V120l260 400V120M900 520l140-400 140 400M950 390h180M1290 520V120h120"
    "a100 100 0 0 1 0 210h-120M1420 330l110 190'/%3E%3C/g%3E",
)

HALL_WITH_A_MARK = Thing(**vars(HALL), logo=Shown(_MARK, "", "44px", 44, 44))
HALL_WITH_A_WORD = Thing(**vars(HALL), logo=Shown(_WORD, "", "132px", 132, 44))
COVER = Shown(_WALL, "", "100vw", 1600, 640)

FRONT = Thing(figures=Thing(open_gigs=41, finished=128))
EMPTY_FRONT = Thing(figures=Thing(open_gigs=0, finished=0))

TILES = [
    Thing(
        slug="lettering", name="Lettering", summary="Signs, titles and words drawn by hand.", emblem=None, open_gigs=9
    ),
    Thing(slug="editorial", name="Editorial", summary="Books, magazines and reports.", emblem=None, open_gigs=11),
    Thing(slug="print", name="Print", summary=None, emblem=None, open_gigs=0),
]
NEWCOMERS = [
    Thing(**vars(one), headline=line, place=place)
    for one, line, place in [
        (ORLA, "Baker with a wall to letter", None),
        (PICTURED, "Bookbinder", None),
        (TOMASZ, None, "Hillside"),
        (PEOPLE[4], None, None),
    ]
]
STEPS = [
    Step("Come in", "An e-mail address and a name are enough; it takes a minute."),
    Step("Find what fits", "Each gig says what is needed, for how much, where and by when. Raise a hand."),
    Step("Agree on it", "Price, dates and what is handed over stand in one place, and stay as you both agreed."),
    Step("Finish it", "Then both of you write a review, and neither reads the other’s first."),
]  # fmt: skip
VOICES = [
    {"author": ORLA, "text": "The R leans exactly as it did in 1951. People stop and look.", "about": "Maya", "href": "#"},
    {"author": PICTURED, "text": "Clear words before the first line was drawn, and on the day.", "about": "Orla", "href": "#"},
]  # fmt: skip
THANKS = [
    Thanks(new_id(), ORLA, "Patient explaining", "Three evenings on spacing, and no sigh.", "shown", clock.now(), PICTURED),
    Thanks(new_id(), PICTURED, "A helping hand", "", "shown", clock.now() - timedelta(days=2), TOMASZ),
    Thanks(new_id(), TOMASZ, "", "For bringing the long ladder across town.", "shown", clock.now() - timedelta(days=6), ORLA),
]  # fmt: skip
WAY_IN = WayIn("Join Letterform", "An e-mail address and a name are enough; it takes a minute.", "Join")
NEWS_OF_CATEGORIES = [
    Thing(
        title="A wall to practise on",
        text="The yard behind the library lets us have its long wall. **Chalk first**, paint second.",
        category="Signs & gilding",
        slug="signs",
        posted_at=clock.now() - timedelta(days=2),
    ),
    Thing(
        title="Two evenings on spacing",
        text="",
        category="Lettering",
        slug="lettering",
        posted_at=clock.now() - timedelta(days=9),
    ),
]

OWN_WORDS = (
    "Letters are made **by hand** here first.\n\n- Signs for shops\n- Books for shelves\n\nAsk [anybody](#people)."
)

DRAFT = Thing(has_draft=True, edition=3)
PUBLISHED = Thing(has_draft=False, edition=3)


def part(name: str, content: Any = None, title: str = "", text: str = "") -> Part:
    """Return a block of a front page with what it shows."""
    return Part(Block(name, title=title, text=text), content)


def arranged(newest: Any) -> Thing:
    """Return a front page whose short blocks stand beside the newest gigs."""
    beside = [part("categories", TILES), part("people", NEWCOMERS)]
    return Thing(rows=[Row(part("gigs", newest), beside)], figures=FRONT.figures)


def covered(hall: Thing) -> Thing:
    """Return the marketplace with a picture of its own over its front page."""
    return Thing(**vars(hall), cover=COVER)
