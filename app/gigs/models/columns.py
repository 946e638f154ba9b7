"""The words that a gig's columns may hold, and which columns an approval was given for."""

DIRECTIONS = ("request", "offer")
GIG_KINDS = ("gig", "mentorship", "shadowing", "committee", "learning")
SETTLEMENTS = ("money", "credits", "favour", "none")
PAY_KINDS = ("fixed", "hourly")
EFFORT_SPANS = ("total", "day", "week")
# Everybody whom the marketplace shows itself to, or its members only.
AUDIENCES = ("hall", "members")

#: What a gig says. Its author may always put it better.
WORDS = ("title", "summary", "description", "questions", "level")

#: What a gig asks and gives. Where gigs are reviewed, a change of these is reviewed as well.
TERMS = (
    "direction",
    "kind",
    "settlement",
    "category_id",
    "audience",
    "seats",
    "due_on",
    "starts_on",
    "ends_on",
    "effort_span",
    "effort_minutes",
    "remote",
    "place",
    "pay_kind",
    "pay_min",
    "pay_max",
    "currency",
    "credits_minutes",
    "favour",
)

SKILLS = {"skills_needed": "needed", "skills_gained": "gained"}
