"""What a column of a file may stand for, and the headings by which we know it."""

from dataclasses import dataclass

from app.core.languages import lazy_gettext as _l


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
        "title",
        _l("Title"),
        headings=("job title", "title", "gig", "job", "task", "name", "position"),
        is_required=True,
    ),
    Target(
        "summary",
        _l("One-line summary"),
        _l("Written from the other columns where there is none."),
        ("summary", "tagline", "teaser"),
    ),
    Target("description", _l("Description"), "", ("description", "details", "body", "text", "about")),
    Target(
        "direction",
        _l("Needed or offered"),
        _l("Cells such as “offer” or “request”."),
        ("direction", "type of listing", "offer or request"),
    ),
    Target(
        "category",
        _l("Category"),
        _l("Guessed from the skills where it is not one of yours."),
        ("category", "field", "area", "topic"),
    ),
    Target(
        "skills",
        _l("Skills needed"),
        _l("With commas between."),
        ("skills needed", "skills", "skill", "requirements", "tags", "keywords"),
    ),
    Target("gained", _l("Skills to gain"), "", ("skills gained", "gained", "learn", "learning")),
    Target(
        "pay",
        _l("Pay, or how it is paid"),
        _l("An amount, a range, “hourly” or “fixed price”."),
        ("hourly/fixed", "pay", "rate", "payment", "price", "hourly", "compensation", "salary"),
    ),
    Target(
        "budget",
        _l("Budget"),
        _l("Read where the pay column names no amount."),
        ("budget", "amount", "fee", "value", "cost"),
    ),
    Target("currency", _l("Currency"), "", ("currency",)),
    Target("level", _l("Experience"), "", ("level", "experience", "seniority")),
    Target("place", _l("Place"), _l("A town, “remote”, or both."), ("place", "location", "city", "where", "town")),
    Target("effort", _l("Hours in all"), "", ("hours", "effort", "duration", "estimated hours")),
    Target(
        "due", _l("Due date"), _l("As 2027-03-31 or 31.3.2027."), ("due", "due date", "deadline", "by", "closing date")
    ),
    Target("seats", _l("Places"), "", ("seats", "places", "people needed", "openings", "vacancies")),
)

MEMBER_TARGETS = (
    Target(
        "email",
        _l("E-mail address"),
        headings=("e-mail", "email", "e-mail address", "email address", "mail"),
        is_required=True,
    ),
    Target("name", _l("Name"), "", ("name", "full name", "member", "person", "display name"), is_required=True),
    Target(
        "family",
        _l("Family name"),
        _l("Put after the name, where the file has both apart."),
        ("last name", "family name", "surname"),
    ),
    Target(
        "headline", _l("Headline"), "", ("headline", "title", "role", "job title", "profession", "occupation", "bio")
    ),
    Target("place", _l("Place"), "", ("place", "location", "city", "town", "where")),
    Target("skills", _l("Skills"), _l("With commas between."), ("skills", "skill", "expertise", "tags", "keywords")),
)

TARGETS: dict[str, tuple[Target, ...]] = {"gigs": GIG_TARGETS, "members": MEMBER_TARGETS}
