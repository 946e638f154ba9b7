"""Made-up figures for the style guide."""

BARS = [
    {"label": "Editorial and long-form typesetting", "value": 14},
    {"label": "Lettering", "value": 11},
    {"label": "Print", "value": 9},
    {"label": "Branding", "value": 6},
    {"label": "Engraving", "value": 1},
    {"label": "Bookbinding", "value": 0},
]
LINKED_BARS = [
    {"label": "Lettering", "value": 612_000, "shown": "£6,120", "href": "#lettering", "note": "11 agreements"},
    {"label": "Editorial", "value": 498_050, "shown": "£4,980.50", "href": "#editorial", "note": "7 agreements"},
    {"label": "Print", "value": 84_000, "shown": "£840", "href": "#print", "note": "1 agreement"},
]

WEEKS = [
    ("5 October", 6),
    ("12 October", 4),
    ("19 October", 9),
    ("26 October", 8),
    ("2 November", 8),
    ("9 November", 11),
    ("16 November", 14),
]
STILL = [("September", 0), ("October", 0), ("November", 0)]

HEAT = [
    ("Morning", [12, 9, 14, 11, 8, 3, 1]),
    ("Noon", [22, 25, 19, 24, 17, 5, 4]),
    ("Evening", [31, 28, 36, 27, 12, 9, 14]),
    ("Night", [4, 2, 3, 6, 8, 7, 0]),
]
