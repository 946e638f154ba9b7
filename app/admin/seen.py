"""Who is seen: of all looks that members gave to lists and suggestions, how many fell to whom, by how long people are here and
by how many they know. For the leaders, to see whether newcomers and less connected members are shown too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import render_template
from sqlalchemy import case, func, literal, select, text, union_all
from sqlalchemy.sql.selectable import Subquery

from app.acquaintances.models import Acquaintance
from app.admin.desk import blueprint
from app.authorization import authorized
from app.core import clock
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.wording import percent
from app.exposure.models import GigExposure, MemberExposure
from app.gigs.models import Gig
from app.policies import MANAGE_HALL
from tenants.context import current_tenant
from tenants.isolation import scoped
from tenants.models import Member

WINDOW = timedelta(days=28)
#: Of fewer people nothing is said: a figure of so few would be a figure of somebody.
ENOUGH = 5
_NEW, _YOUNG = timedelta(days=90), timedelta(days=365)
#: From so many on, somebody knows many.
_MANY = 5


@blueprint.get("/seen")
@authorized(MANAGE_HALL)
def seen() -> str:
    return render_template("admin/seen.html", figures=figures(), days=WINDOW.days)


@dataclass(frozen=True, slots=True)
class Group:
    """People who have something in common: how many they are, of what they offer the share, of all looks the share (from 0 to
    1). None where they are too few to be spoken of.
    """

    label: str
    people: int
    offered: float | None
    looks: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """Everybody in groups, and how many looks there were in all."""

    title: str
    groups: list[Group]
    looks: int

    @property
    def bars(self) -> list[dict[str, Any]]:
        """The groups as the component `bars` takes them."""
        return [_bar(group) for group in self.groups]


def figures() -> list[Figure]:
    """Return how looks of the last weeks fell, by tenure and by acquaintance: two statements. None without any looks."""
    found = []
    for people, by_tenure, by_known in (
        (_authors(), _("Gigs, by how long their author is here"), _("Gigs, by how many their author knows")),
        (_suggested(), _("People suggested, by how long they are here"), _("People suggested, by how many they know")),
    ):
        rows = _grouped(people)
        # Of so few people even an empty group would tell in which all of them are.
        everybody = sum(row.people for row in rows if row.tenure is not None)
        if everybody >= ENOUGH and any(row.looks for row in rows):
            found.append(_figure(by_tenure, _tenures(), [row for row in rows if row.tenure is not None]))
            found.append(_figure(by_known, _circles(), [row for row in rows if row.known is not None]))
    return found


def _figure(title: str, labels: Sequence[str], rows: Sequence[Any]) -> Figure:
    by_place = {row.tenure if row.tenure is not None else row.known: row for row in rows}
    offered, looks = (int(sum(getattr(row, name) for row in rows)) for name in ("offered", "looks"))
    hidden = _hidden({place: row.people for place, row in by_place.items()})
    groups = []
    for place, label in enumerate(labels):
        row = by_place.get(place)
        if row is None:
            groups.append(Group(label, 0, 0.0, 0.0))
        elif place in hidden:
            groups.append(Group(label, row.people, None, None))
        else:
            groups.append(Group(label, row.people, _part(int(row.offered), offered), _part(int(row.looks), looks)))
    return Figure(title, groups, looks)


def _hidden(people: dict[int, int]) -> set[int]:
    """Return the places of groups that are not spoken of. One alone could be worked out from the others: then the next
    smallest is not spoken of either.
    """
    by_size = sorted(people, key=lambda place: people[place])
    hidden = [place for place in by_size if people[place] < ENOUGH]
    return set(by_size[:2] if len(hidden) == 1 else hidden)


def _part(some: int, all_: int) -> float:
    return some / all_ if all_ else 0.0


def _tenures() -> tuple[str, ...]:
    return _("Here for up to 90 days"), _("Up to a year"), _("Longer")


def _circles() -> tuple[str, ...]:
    return _("Know nobody here yet"), _("Know one to four"), _("Know five or more")


def _bar(group: Group) -> dict[str, Any]:
    if group.looks is None or group.offered is None:
        return {"label": group.label, "value": 0, "shown": "–", "note": _("too few people to say")}
    note = ngettext(
        "%(num)s person, %(share)s of what there is to see",
        "%(num)s people, %(share)s of what there is to see",
        group.people,
        share=percent(group.offered),
    )
    return {"label": group.label, "value": group.looks, "shown": percent(group.looks), "note": note}


def _authors() -> Subquery:
    """Return who has something to be seen or was seen: `member_id`, how many gigs, how many looks at them."""
    since = _since()
    live = select(Gig.author_id.label("member_id"), func.count().label("offered"), literal(0).label("looks")).where(
        scoped(Gig), text("gigs.state = 'open'")
    )
    shown = (
        select(Gig.author_id, literal(0), func.sum(GigExposure.times))
        .join(GigExposure, (GigExposure.tenant_id == Gig.tenant_id) & (GigExposure.gig_id == Gig.id))
        .where(scoped(Gig), GigExposure.day > since)
    )
    return union_all(live.group_by(Gig.author_id), shown.group_by(Gig.author_id)).subquery("said")


def _suggested() -> Subquery:
    """Return whom matching has suggested: `member_id`, one each, how often."""
    return (
        select(MemberExposure.member_id, literal(1).label("offered"), func.sum(MemberExposure.times).label("looks"))
        .where(scoped(MemberExposure), MemberExposure.day > _since())
        .group_by(MemberExposure.member_id)
        .subquery("said")
    )


def _grouped(said: Subquery) -> Sequence[Any]:
    """Return people in their groups: of `tenure` and `known` one says which, `people`, `offered` and `looks`."""
    now = clock.now()
    circle = (
        select(func.count())
        .where(Acquaintance.tenant_id == Member.tenant_id, Acquaintance.member_id == Member.id)
        .correlate(Member)
        .scalar_subquery()
    )
    each = (
        select(
            case((Member.joined_at > now - _NEW, 0), (Member.joined_at > now - _YOUNG, 1), else_=2).label("tenure"),
            circle.label("circle"),
            func.sum(said.c.offered).label("offered"),
            func.sum(said.c.looks).label("looks"),
        )
        .join(said, said.c.member_id == Member.id)
        .where(scoped(Member), Member.standing == "active")
        .group_by(Member.tenant_id, Member.id)
        .subquery("each")
    )
    known = case((each.c.circle == 0, 0), (each.c.circle < _MANY, 1), else_=2).label("known")
    people = select(each.c.tenure, known, each.c.offered, each.c.looks).subquery("people")
    return db.session.execute(
        select(
            people.c.tenure,
            people.c.known,
            func.count().label("people"),
            func.sum(people.c.offered).label("offered"),
            func.sum(people.c.looks).label("looks"),
        ).group_by(text("GROUPING SETS ((people.tenure), (people.known))"))
    ).all()


def _since() -> Any:
    return clock.today(current_tenant().time_zone) - WINDOW
