"""What a column of a file may stand for, and the headings by which we know it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a column can fill. `headings` are words of likely headings, most telling first."""

    key: str
    label: str
    hint: str = ""
    headings: tuple[str, ...] = ()
    is_required: bool = False


GIG_TARGETS = (
    Target(
        "title", "Title", headings=("job title", "title", "gig", "job", "task", "name", "position"), is_required=True
    ),
    Target(
        "summary",
        "One-line summary",
        "Written from the other columns where there is none.",
        ("summary", "tagline", "teaser"),
    ),
    Target("description", "Description", "", ("description", "details", "body", "text", "about")),
    Target(
        "direction",
        "Needed or offered",
        "Cells such as “offer” or “request”.",
        ("direction", "type of listing", "offer or request"),
    ),
    Target(
        "category",
        "Category",
        "Guessed from the skills where it is not one of yours.",
        ("category", "field", "area", "topic"),
    ),
    Target(
        "skills",
        "Skills needed",
        "With commas between.",
        ("skills needed", "skills", "skill", "requirements", "tags", "keywords"),
    ),
    Target("gained", "Skills to gain", "", ("skills gained", "gained", "learn", "learning")),
    Target(
        "pay",
        "Pay, or how it is paid",
        "An amount, a range, “hourly” or “fixed price”.",
        ("hourly/fixed", "pay", "rate", "payment", "price", "hourly", "compensation", "salary"),
    ),
    Target(
        "budget", "Budget", "Read where the pay column names no amount.", ("budget", "amount", "fee", "value", "cost")
    ),
    Target("currency", "Currency", "", ("currency",)),
    Target("level", "Experience", "", ("level", "experience", "seniority")),
    Target("place", "Place", "A town, “remote”, or both.", ("place", "location", "city", "where", "town")),
    Target("effort", "Hours in all", "", ("hours", "effort", "duration", "estimated hours")),
    Target("due", "Due date", "As 2027-03-31 or 31.3.2027.", ("due", "due date", "deadline", "by", "closing date")),
    Target("seats", "Places", "", ("seats", "places", "people needed", "openings", "vacancies")),
)

MEMBER_TARGETS = (
    Target(
        "email",
        "E-mail address",
        headings=("e-mail", "email", "e-mail address", "email address", "mail"),
        is_required=True,
    ),
    Target("name", "Name", "", ("name", "full name", "member", "person", "display name"), is_required=True),
    Target(
        "family",
        "Family name",
        "Put after the name, where the file has both apart.",
        ("last name", "family name", "surname"),
    ),
    Target("headline", "Headline", "", ("headline", "title", "role", "job title", "profession", "occupation", "bio")),
    Target("place", "Place", "", ("place", "location", "city", "town", "where")),
    Target("skills", "Skills", "With commas between.", ("skills", "skill", "expertise", "tags", "keywords")),
)

TARGETS: dict[str, tuple[Target, ...]] = {"gigs": GIG_TARGETS, "members": MEMBER_TARGETS}
