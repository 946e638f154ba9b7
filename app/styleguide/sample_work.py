"""Made-up work for the style guide: agreements, talk, reviews and what happened."""

from datetime import timedelta
from types import SimpleNamespace as Thing

from app.core.marking import marked
from app.styleguide.samples import ME, NOON, ORLA, TOMASZ

STATES = [
    "draft",
    "in_review",
    "open",
    "paused",
    "filled",
    "closed",
    "expired",
    "removed",
    "sent",
    "shortlisted",
    "offered",
    "accepted",
    "declined",
    "withdrawn",
    "proposed",
    "countered",
    "agreed",
    "awaiting_release",
    "active",
    "delivered",
    "changes_requested",
    "reviewed",
    "cancelled",
    "disputed",
    "resolved",
]

STAGES = ["Agreed", "Under way", "Delivered", "Accepted", "Reviewed"]

NOTED_STAGES = [
    {"key": "agreed", "label": "Agreed", "note": "12 November"},
    {"key": "active", "label": "Under way", "note": "since 14 November"},
    {"key": "delivered", "label": "Delivered", "note": "today"},
    {"key": "accepted", "label": "Accepted", "note": "by 3 December"},
]

TERMS = [
    ("Work", "Sign lettering, one word"),
    ("Pay", "£480"),
    ("Paid", "half at the start, half at the end"),
    ("Delivered by", "12 December 2026"),
    ("Changes included", "two rounds"),
]
COUNTER = [
    ("Pay", "£520", "£480"),
    ("Delivered by", "19 December 2026", "12 December 2026"),
    ("Changes included", "two rounds", None),
]

REWORDED = [
    ("Title", *marked("Check the Urdu on a poster", "Read the Urdu of a poster before it is printed")),
    ("In one line", *marked("Eighty words, today or tomorrow.", "Eighty words, by tomorrow evening.")),
]
NEWLY_WORDED = [("Script", *marked("", "Nastaliq"))]

MILESTONES = [
    {
        "title": "Three sketches",
        "amount": "£160",
        "due": "by 28 November",
        "state": "accepted",
        "state_label": "Accepted",
    },
    {
        "title": "Drawn outlines",
        "amount": "£240",
        "due": "by 6 December",
        "state": "delivered",
        "state_label": "Delivered",
    },
    {
        "title": "Help on the day it goes up",
        "amount": "£80",
        "due": "12 December",
        "state": "to_come",
    },
]

MESSAGES = [
    Thing(
        author=ORLA,
        body="Hello Maya! Is the photograph sharp enough to work from?",
        at=NOON - timedelta(days=2),
        files=[],
    ),
    Thing(
        author=ME,
        body="It is. The R leans a little; I would keep that, it is the charm of it.\nShall I send three sketches first?",
        at=NOON - timedelta(days=2, hours=-1),
        files=[{"name": "first-look.pdf", "href": "#", "size": "240 KB"}],
    ),
    Thing(system=True, body="Orla shortlisted Maya", at=NOON - timedelta(days=1)),
    Thing(author=ORLA, body="Please do. And keep the leaning R.", at=NOON - timedelta(minutes=20), files=[]),
]

CONVERSATIONS = [
    Thing(
        href="#1",
        person=ORLA,
        about="Redraw our bakery's sign lettering",
        last="Please do. And keep the leaning R.",
        at=NOON - timedelta(minutes=20),
        unread=2,
    ),
    Thing(
        href="#2",
        person=TOMASZ,
        about="Variable fonts over three evenings",
        last="You: Tuesday works for both of us.",
        at=NOON - timedelta(days=3),
        unread=0,
    ),
]

NOTICES = [
    Thing(
        href="#1",
        text="Orla Finch shortlisted you for “Redraw our bakery's sign lettering”",
        at=NOON - timedelta(hours=2),
        person=ORLA,
        read=False,
    ),
    Thing(
        href="#2",
        text="Your gig “Critique evening” runs out in three days. Renew it or let it go.",
        at=NOON - timedelta(days=1),
        person=None,
        icon="gigs",
        read=True,
    ),
]
UNREAD_NOTICES = [
    Thing(
        href="#3",
        text="Tomasz & Ines propose other terms for “Typeset a 64-page walking guide”",
        at=NOON - timedelta(hours=5),
        person=TOMASZ,
        detail="£38 an hour instead of £32, and four weeks more.",
        reading="#",
        read=False,
    ),
    Thing(
        href="#4",
        text="The rules of Letterform have changed",
        at=NOON - timedelta(days=2),
        person=None,
        icon="shield",
        reading="#",
        read=False,
    ),
]

EVENTS = [
    {
        "who": "Orla Finch",
        "text": "asked for changes.",
        "note": "The R may lean more.",
        "at": NOON - timedelta(hours=3),
        "tone": "caution",
    },
    {"who": "Maya", "text": "delivered the outlines.", "at": NOON - timedelta(days=1)},
    {"who": "Both", "text": "agreed on the terms.", "at": NOON - timedelta(days=9), "tone": "positive"},
]

REVIEWS = [
    Thing(
        author=ORLA,
        rating=5,
        text="She saw what the old sign painter meant and drew that.",
        at=NOON - timedelta(days=30),
        about="Sign lettering",
        href="#",
        reply="The wall helped. Thank you, Orla.",
        hidden=None,
    ),
    Thing(
        author=None,
        rating=4,
        text="Clear, punctual, kind.",
        at=NOON - timedelta(days=200),
        about="Menu cards",
        href=None,
        reply=None,
        hidden=None,
    ),
    Thing(hidden="Orla's review opens when yours is in, or on 3 January."),
]

CHECKLIST = [
    {"label": "Choose a name and a look", "done": True},
    {"label": "Invite five people", "href": "#", "note": "Two have joined; three invitations are on their way."},
    {"label": "Post the first gig", "href": "#"},
]

CHECKLIST_DONE = [{"label": one["label"], "done": True} for one in CHECKLIST]

TABLE_HEAD = ["Member", "Category", {"label": "Gigs", "figure": True}, {"label": "Earned", "figure": True}]
TABLE_ROWS = [
    ["Orla Finch", "Lettering", 6, "£2,140.00"],
    ["Tomasz & Ines", "Type design", 4, "£320.50"],
    ["Zoë", "Branding", 2, "–"],
]
