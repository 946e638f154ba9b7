"""Members of the demo: they ask, are let in, get roles, and some of them leave."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from zlib import crc32

from sqlalchemy import func, select

from app.accounts.models import User
from app.categories.offices import TermOfOffice
from app.core import clock
from app.core.database import db
from app.departures.departure import Departure, ban, remove
from app.joining.admission import admit
from app.joining.models import JoinRequest
from app.joining.ways_in import Door, ask_to_join
from app.seeds.content_files import Entry
from app.seeds.hall import Hall
from app.seeds.opening import accept_rules
from app.seeds.profiles import profile_rows
from tenants.models import Member, Role

_JOINING = time(7, 30)
_TERM = timedelta(days=730)
# Who asked and is not, or not yet, a member.
_OUTSIDE = ("asked", "refused", "withdrawn")


def tell_of_people(hall: Hall, password_hash: str) -> None:
    """Let everybody come in, and those who left leave, on their days."""
    users = _users(hall, password_hash)
    for name, entry in hall.content.people.items():
        if "asked" in entry:
            asked = hall.days.moment(entry["asked"], usually=time(20), salt=name)
            hall.story.on(asked, f"{name} asks", partial(_ask, hall, name, users[name], entry))
        if entry.get("state") in _OUTSIDE:
            if "decided" in entry:
                decided = hall.days.moment(entry["decided"], usually=time(12, 40), salt=name)
                hall.story.on(decided, f"{name} is answered", partial(_answer, hall, name, entry))
            continue
        is_founder = entry["joined"] == hall.content.hall["opened"]
        written = f"{entry['joined']} 07:15" if is_founder else entry["joined"]
        joined = hall.days.moment(written, usually=_JOINING, salt=name)
        hall.story.on(joined, name, partial(_join, hall, name, users[name], entry))
        if "gone" in entry:
            gone = hall.days.moment(entry["gone"], usually=time(21), salt=name)
            hall.story.on(gone, f"{name} goes", partial(_go, hall, name, entry))


def settle_in(hall: Hall) -> None:
    """Write down what needs everybody to be there: rules accepted, who reports to whom, who was here lately."""
    accept_rules(hall)
    for name, member in hall.members.items():
        if not member.is_active:
            continue
        member.seen_on = hall.days.today - timedelta(days=crc32(name.encode()) % 6)
        manager = hall.content.people[name].get("manager")
        if manager:
            hall.profiles[name].manager_id = hall.members[manager].id


def _users(hall: Hall, password_hash: str) -> dict[str, User]:
    """Return everybody's way in. A person who is in several marketplaces has one."""
    people = hall.content.people
    emails = [entry["email"] for entry in people.values()]
    known = {user.email: user for user in db.session.scalars(select(User).where(func.lower(User.email).in_(emails)))}
    new = {
        entry["email"]: _user(hall, entry, password_hash) for entry in people.values() if entry["email"] not in known
    }
    db.session.add_all(new.values())
    db.session.flush()
    return {name: (known | new)[entry["email"]] for name, entry in people.items()}


def _user(hall: Hall, entry: Entry, password_hash: str) -> User:
    since = hall.days.moment(entry.get("asked") or entry["joined"], usually=time(7))
    return User(
        email=entry["email"],
        name=entry["name"],
        password_hash=password_hash,
        email_verified_at=since,
        time_zone=entry.get("time_zone", hall.tenant.time_zone),
        created_at=since,
    )


def _ask(hall: Hall, name: str, user: User, entry: Entry, now: datetime) -> None:
    door = Door("approval", tuple(hall.tenant.join_questions))
    hall.requests[name] = ask_to_join(user, door, name=entry["name"], answers=entry["answers"], now=now)


def _answer(hall: Hall, name: str, entry: Entry, now: datetime) -> None:
    request: JoinRequest = hall.requests[name]
    if entry["state"] == "refused":
        request.refuse(by=hall.actor(hall.leader.id), why=entry["reason"], now=now)
    else:
        request.withdraw(now=now)


def _join(hall: Hall, name: str, user: User, entry: Entry, now: datetime) -> None:
    member = _let_in(hall, name, user, entry, now)
    member.time_zone = entry.get("time_zone", hall.tenant.time_zone)
    hall.members[name] = member
    roles = list(_roles(hall, name, entry, member, now))
    terms = [_term(role, now) for role in roles if role.category_id is not None]
    db.session.add_all([*roles, *terms, *profile_rows(hall, name, entry, member, now)])
    hall.know(member, roles)


def _let_in(hall: Hall, name: str, user: User, entry: Entry, now: datetime) -> Member:
    if name in hall.requests:
        return hall.requests[name].approve(user, by=hall.actor(hall.leader.id), now=now)
    elif not hall.members:
        return admit(user, name=entry["name"], how="founder")
    else:
        return admit(user, name=entry["name"], by=hall.leader.id, how="invitation")


def _roles(hall: Hall, name: str, entry: Entry, member: Member, now: datetime) -> Iterator[Role]:
    for role in entry.get("roles", ()):
        yield Role(member_id=member.id, role=role, granted_at=now)
    for slug, category in hall.content.categories.items():
        for role, people in (("category_leader", category["leaders"]), ("expert", category["experts"])):
            if name in people:
                yield Role(member_id=member.id, role=role, category_id=hall.categories[slug].id, granted_at=now)


def _term(role: Role, now: datetime) -> TermOfOffice:
    """Give leaders two years, and experts as long as they like."""
    day = now.date()
    last = day + _TERM if role.role == "category_leader" else None
    role.until = clock.end_of_day(last, "UTC") if last else None
    about = {"member_id": role.member_id, "category_id": role.category_id, "office": role.role}
    return TermOfOffice(starts_on=day, ends_on=last, **about)


def _go(hall: Hall, name: str, entry: Entry, now: datetime) -> None:
    member_id = hall.members[name].id
    if entry["state"] == "left":
        # Without the letter of farewell that goes with leaving: nobody gets mail of the past.
        Departure.of(member_id, by=hall.actor(name), to="left").happen(now=now)
    else:
        end = remove if entry["state"] == "removed" else ban
        end(member_id, by=hall.actor(hall.leader.id), rule=entry["rule"], why=entry["reason"], now=now)
