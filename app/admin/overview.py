"""How a marketplace has been doing lately, from what its tables hold anyway: three statements, however much there is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Select, Subquery, and_, cast, func, literal, select, text, union_all

from app.activity.models import Activity
from app.agreements.models import Agreement
from app.applications.models import Application
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.wording import number, short_day, span, weekdays
from app.gigs.models import Gig
from tenants.context import current_tenant
from tenants.isolation import scoped
from tenants.models import Member

WEEKS = 12
_CATEGORIES = 8
# Fewer than these say nothing of a habit, nor of how long an answer takes.
_ENOUGH_HANDS, _ENOUGH_ANSWERS = 20, 3
# A day in four parts, each from its hour to the next: morning, midday, evening, night.
_PARTS_OF_A_DAY = (5, 11, 17, 22)
_ANSWERS = ("shortlist", "decline", "offer")


@dataclass(frozen=True, slots=True)
class Course:
    """What happened in each of the last weeks, oldest first: pairs of a label and a number."""

    points: list[tuple[str, int]]

    @property
    def total(self) -> str:
        return number(sum(many for _, many in self.points))

    @property
    def this_week(self) -> int:
        return self.points[-1][1]


@dataclass(frozen=True, slots=True)
class Overview:
    """The last twelve weeks of a marketplace.

    `courses` are of new members, posted gigs and raised hands, each with its title. `fields` are bars: how much was posted in
    each category, and how much of it found somebody. `answer` is the time within which half of the hands were answered, in
    words, or empty where there were too few. `habits` say when hands are raised: pairs of a part of the day and a number for
    each of `days`; none where there were too few.
    """

    courses: list[tuple[str, Course]]
    fields: list[dict[str, Any]]
    answer: str
    unanswered: int
    habits: list[tuple[str, list[int]]]
    days: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was posted: new members alone make no picture."""
        return not self.fields


def overview() -> Overview:
    """Return how the tenant in force has been doing. Weeks begin on Monday, in its own time zone."""
    zone = current_tenant().time_zone
    today = clock.today(zone)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    since = clock.end_of_day(first - timedelta(days=1), zone)
    answer, unanswered, habits = _hands(since, zone)
    return Overview(_courses(first, since, zone), _fields(since), answer, unanswered, habits, weekdays())


def _courses(first: date, since: datetime, zone: str) -> list[tuple[str, Course]]:
    weekly = union_all(
        _weekly("members", Member, Member.joined_at, since, zone),
        _weekly("gigs", Gig, Gig.published_at, since, zone),
        _weekly("hands", Application, Application.created_at, since, zone),
    )
    found = {(row.kind, row.week): row.many for row in db.session.execute(weekly)}
    weeks = [first + timedelta(weeks=at) for at in range(WEEKS)]
    titles = {"members": _("New members"), "gigs": _("Gigs posted"), "hands": _("Raised hands")}
    return [
        (title, Course([(short_day(week), found.get((kind, week), 0)) for week in weeks]))
        for kind, title in titles.items()
    ]


def _weekly(kind: str, model: Any, moment: Any, since: datetime, zone: str) -> Select[Any]:
    week = cast(func.date_trunc("week", func.timezone(zone, moment)), Date).label("week")
    return (
        select(literal(kind).label("kind"), week, func.count().label("many"))
        .where(scoped(model), moment >= since)
        .group_by("week")
    )


def _fields(since: datetime) -> list[dict[str, Any]]:
    agreed = (
        select(Agreement.id)
        .where(scoped(Agreement), Agreement.gig_id == Gig.id, Agreement.agreed_at.is_not(None))
        .correlate(Gig)
        .exists()
    )
    rows = db.session.execute(
        select(Category.name, Category.slug, func.count().label("posted"), func.count().filter(agreed).label("found"))
        .select_from(Gig)
        .outerjoin(Category, and_(Category.tenant_id == Gig.tenant_id, Category.id == Gig.category_id))
        .where(scoped(Gig), Gig.published_at >= since)
        .group_by(Category.tenant_id, Category.id)
        .order_by(func.count().desc(), Category.name)
        .limit(_CATEGORIES)
    )
    return [
        {
            "label": row.name or _("Without a category"),
            "href": f"/categories/{row.slug}" if row.slug else None,
            "value": row.posted,
            "note": ngettext("%(num)s found somebody", "%(num)s found somebody", row.found)
            if row.found
            else _("none found somebody yet"),
        }
        for row in rows
    ]


def _hands(since: datetime, zone: str) -> tuple[str, int, list[tuple[str, list[int]]]]:
    """Return how long half of the hands waited for their first answer, how many wait still, and when they were raised."""
    hands = _hands_raised(since, zone)
    rows = db.session.execute(
        select(
            hands.c.day,
            hands.c.hour,
            func.count().label("many"),
            func.count(hands.c.seconds).label("answered"),
            func.count().filter(hands.c.state == "sent").label("waiting"),
            func.percentile_cont(0.5).within_group(hands.c.seconds).label("half"),
        )
        .select_from(hands)
        # One row for each hour of the week, and one over all of them.
        .group_by(text("GROUPING SETS ((hands.day, hands.hour), ())"))
    ).all()
    whole = next(row for row in rows if row.day is None)
    habits = [[0] * 7 for _ in _PARTS_OF_A_DAY]
    for row in rows if whole.many >= _ENOUGH_HANDS else ():
        if row.day is not None:
            habits[_part_of_day(int(row.hour))][int(row.day) - 1] += row.many
    answer = span(timedelta(seconds=whole.half)) if whole.answered >= _ENOUGH_ANSWERS else ""
    parts = (_("Morning"), _("Midday"), _("Evening"), _("Night"))
    return answer, whole.waiting, list(zip(parts, habits, strict=True)) if any(map(any, habits)) else []


def _hands_raised(since: datetime, zone: str) -> Subquery:
    answered = (
        select(func.min(Activity.created_at))
        .where(
            scoped(Activity),
            Activity.subject_kind == "application",
            Activity.subject_id == Application.id,
            Activity.verb.in_(_ANSWERS),
        )
        .correlate(Application)
        .scalar_subquery()
    )
    local = func.timezone(zone, Application.created_at)
    return (
        select(
            Application.state,
            func.extract("isodow", local).label("day"),
            func.extract("hour", local).label("hour"),
            func.extract("epoch", answered - Application.created_at).label("seconds"),
        )
        .where(scoped(Application), Application.created_at >= since)
        .subquery("hands")
    )


def _part_of_day(hour: int) -> int:
    """Return 0 for the morning to 3 for the night, which ends where the morning begins."""
    return next((part - 1 for part, begins in enumerate(_PARTS_OF_A_DAY) if hour < begins), 3) % 4
