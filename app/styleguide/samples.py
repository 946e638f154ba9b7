"""Made-up people and work for the style guide: every state a component can be asked to show."""

from datetime import UTC, datetime
from types import SimpleNamespace as Thing
from typing import Any

from markupsafe import Markup

from themes.drawing import crest

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def member(name: str, hue: int, **more: Any) -> Thing:
    handle = name.lower().replace(" ", "-")
    return Thing(**{"id": handle, "name": name, "hue": hue, "picture": None, "href": f"#{handle}", **more})


ORLA = member("Orla Finch", 0)
TOMASZ = member("Tomasz & Ines", 8)
MAYA = member("Maya Okonkwo-Lindqvist", 4, headline="Type designer who teaches")
DALES = member("Dales Paths", 5)
# A picture as small as one can be: the guide has no pictures of anybody.
_PORTRAIT = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 80 80'%3E%3Crect width='80' height='80' "
    "fill='%23d9c7a8'/%3E%3Cpath d='M12 80c0-20 12-30 28-30s28 10 28 30' fill='%235b4a3a'/%3E%3Ccircle cx='40' cy='33' r='16' "
    "fill='%23a9714b'/%3E%3Cpath d='M22 32c0-16 8-22 18-22s18 6 18 22c-4-8-8-10-18-10s-14 2-18 10' fill='%232c241d'/%3E%3C/svg%3E"
)
PICTURED = member("Ines Moreau", 7, picture=_PORTRAIT)
PEOPLE = [ORLA, TOMASZ, MAYA, DALES, member("山田 花子", 10), member("Zoë", 2)]

ME = Thing(**vars(MAYA), roles=["Leader"], unread=3, unread_messages=1, cover=Thing(grace_until=None))

GIGS = [
    Thing(
        href="#sign",
        title="Redraw our bakery's sign lettering from a 1950s photograph",
        summary="One word, hand-painted look, delivered as outlines. We have a good scan and a wall to put it on.",
        category="Lettering",
        pay="£480",
        pay_unit="fixed price",
        place="Leeds, on site once",
        due="by 12 December",
        skills=[{"name": "Lettering", "yours": True}, {"name": "Vector drawing", "yours": True}, {"name": "Signage"}],
        why="You know lettering and vector drawing; two people you worked with know the poster.",
        author_name="Orla Finch",
        author_hue=0,
        author_picture=None,
        author_note="6 gigs finished here",
        state="open",
    ),
    Thing(
        href="#guide",
        title="Typeset a 64-page walking guide",
        summary="Text and maps are ready. Needs a calm grid, a readable serif and print-ready pages for two printers.",
        category="Editorial",
        pay="£32–40",
        pay_unit="an hour, about 30 h",
        place="Remote",
        due="by 20 January",
        skills=["InDesign", "Typography", "Maps"],
        why="Fits the 6 hours a week you have free until February.",
        author_name="Dales Paths",
        author_hue=5,
        author_picture=None,
        author_note="new here",
        state="open",
    ),
    Thing(
        href="#fonts",
        title="Teach two of us variable fonts over three evenings",
        summary="We can draw; we have never shipped an axis. Happy to swap for book binding.",
        category="Type design",
        pay="Swap",
        pay_unit="three evenings",
        place="Hillside or by video",
        due=None,
        skills=["Type design", "Teaching"],
        why=None,
        author_name="Tomasz & Ines",
        author_hue=8,
        author_picture=None,
        author_note="4 gigs finished here",
        state="paused",
    ),
    Thing(
        href="#brass",
        title="Second pair of eyes on a wordmark",
        summary=None,
        category="Branding",
        pay="1 credit",
        pay_unit="40 minutes",
        place="By video",
        due="this week",
        skills=[],
        why=None,
        author_name="Zoë",
        author_hue=2,
        author_picture=None,
        author_note="2 gigs finished here",
        state="in_review",
    ),
]

MEMBERS = [
    Thing(
        **vars(MAYA),
        facts=["Leeds or remote", "speaks English, Igbo, Swedish"],
        free="6 h a week until February",
        skills=[{"name": "Type design", "yours": True}, {"name": "Teaching"}, {"name": "Kerning"}],
        why="Finished two gigs with people you know.",
    ),
    Thing(
        **vars(ORLA), headline="Baker with a wall to letter", facts=["Leeds"], free=None, skills=["Signage"], why=None
    ),
    Thing(**vars(DALES), headline=None, facts=[], free=None, skills=[], why=None),
]

FACETS = [
    {
        "title": "Looking for",
        "items": [
            {"label": "Everything", "href": "#", "count": 41, "current": True},
            {"label": "Someone needs", "href": "#", "count": 29},
            {"label": "Someone offers", "href": "#", "count": 12},
        ],
    },
    {
        "title": "Category",
        "items": [
            {"label": "All", "href": "#", "count": 41},
            {"label": "Lettering", "href": "#", "count": 9, "current": True},
            {"label": "Editorial and long-form typesetting", "href": "#", "count": 11},
            {"label": "Print", "href": "#", "count": 8},
        ],
    },
    {
        "title": "Settled by",
        "items": [
            {"label": "Any way", "href": "#", "count": 41, "current": True},
            {"label": "Money", "href": "#", "count": 27},
            {"label": "Credits", "href": "#", "count": 6},
            {"label": "A favour", "href": "#", "count": 8},
        ],
    },
]

FIELDS = [
    {"href": "#", "name": "Lettering", "summary": "Signs, titles and words drawn by hand.", "emblem": None, "count": 9},
    {"href": "#", "name": "Editorial", "summary": "Books, magazines and reports.", "emblem": None, "count": 11},
    {"href": "#", "name": "Print", "summary": None, "emblem": None, "count": 0},
]

MENU = [
    {"label": "Edit", "href": "#"},
    {"label": "Duplicate", "action": "#"},
    None,
    {"label": "Close this gig", "action": "#", "kind": "danger"},
]

PROSE = Markup(
    "<p>The bakery has stood at the corner since 1951. We would like its <strong>old sign</strong> back, from "
    '<a href="#photo">a photograph</a>.</p><h3>What you get</h3><ul><li>a good scan</li><li>a wall to stand at</li></ul>'
    "<blockquote><p>Keep the leaning R.</p></blockquote><ol><li>Three sketches</li><li>Drawn outlines</li></ol>"
)

LINKED_PROSE = Markup('<p>From <a href="#one">a photograph</a>.</p><p>With <a href="#two">a plan of the wall</a>.</p>')


HALL = Thing(
    name="Letterform",
    tagline="Work among people who care about letters",
    crest=crest("Letterform"),
)
