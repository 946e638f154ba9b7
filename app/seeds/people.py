"""Members of the demo: they join, tell about themselves, get roles, and some of them leave."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from zlib import crc32

from sqlalchemy import func, select

from app.accounts.models import User
from app.activity.recording import record
from app.categories.vocabulary import folded
from app.core import clock
from app.core.database import db
from app.joining.admission import admit
from app.joining.models import JoinRequest
from app.profiles.models import MemberSkill, PortfolioItem, Profile
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall
from app.seeds.opening import accept_rules
from tenants.models import Member, Role

_JOINING = time(7, 30)
_RELATIONS = {"held": "held", "wanted": "wanted", "interests": "interest"}
_WAYS_IN = {"approval": "approval", "open": "open", "invitation": "invitation"}


def tell_of_people(hall: Hall, password_hash: str) -> None:
    """Let everybody come in, and those who left leave, on their days."""
    users = _users(hall, password_hash)
    for name, entry in hall.content.people.items():
        is_founder = entry["joined"] == hall.content.hall["opened"]
        written = f"{entry['joined']} 07:15" if is_founder else entry["joined"]
        joined = hall.days.moment(written, usually=_JOINING, salt=name)
        if entry.get("state") == "requested":
            hall.story.on(joined, name, partial(_ask, hall, users[name], entry))
        else:
            hall.story.on(joined, name, partial(_join, hall, name, users[name], entry))
        if "gone" in entry:
            gone = hall.days.moment(entry["gone"], usually=time(17), salt=name)
            hall.story.on(gone, f"{name} goes", partial(_go, hall, name, entry))


def settle_in(hall: Hall) -> None:
    """Write down what needs everybody to be there: rules accepted, who reports to whom, who was here lately."""
    accept_rules(hall)
    for name, entry in hall.content.people.items():
        member = hall.members.get(name)
        if member is None or not member.is_active:
            continue
        member.seen_on = hall.days.today - timedelta(days=crc32(name.encode()) % 6)
        if "manager" in entry:
            hall.profiles[name].manager_id = hall.members[entry["manager"]].id


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
    since = hall.days.moment(entry["joined"], usually=time(7))
    return User(
        email=entry["email"],
        name=entry["name"],
        password_hash=password_hash,
        email_verified_at=since,
        time_zone=entry.get("time_zone", hall.tenant.time_zone),
        created_at=since,
    )


def _join(hall: Hall, name: str, user: User, entry: Entry, now: datetime) -> None:
    is_founder = not hall.members
    how = "founder" if is_founder else _WAYS_IN[hall.tenant.who_may_join]
    member = admit(user, name=entry["name"], by=None if is_founder else hall.leader.id, how=how)
    member.time_zone = entry.get("time_zone", hall.tenant.time_zone)
    hall.members[name] = member
    roles = list(_roles(hall, name, entry, member, now))
    hall.profiles[name] = _profile(hall, entry, member, now)
    db.session.add_all([*roles, hall.profiles[name], *_skills(hall, entry, member), *_portfolio(entry, member, now)])
    hall.know(member, roles)


def _roles(hall: Hall, name: str, entry: Entry, member: Member, now: datetime) -> Iterator[Role]:
    for role in entry.get("roles", ()):
        yield Role(member_id=member.id, role=role, granted_at=now)
    for slug, category in hall.content.categories.items():
        for role, people in (("category_leader", category["leaders"]), ("expert", category["experts"])):
            if name in people:
                yield Role(member_id=member.id, role=role, category_id=hall.categories[slug].id, granted_at=now)


def _profile(hall: Hall, entry: Entry, member: Member, now: datetime) -> Profile:
    vacation: tuple[date, ...] = tuple(map(hall.days.day, entry.get("vacation", ())))
    return Profile(
        member_id=member.id,
        headline=entry["headline"],
        story=unwrapped(entry["story"]),
        offers="\n".join(entry.get("offers", ())),
        available_minutes=entry["hours"] * 60 if "hours" in entry else None,
        availability_confirmed_on=hall.days.day_or_none(entry.get("confirmed")),
        vacation_from=vacation[0] if vacation else None,
        vacation_until=vacation[1] if vacation else None,
        place=entry.get("place", ""),
        remote=entry.get("remote", "both") != "on site",
        languages=entry.get("languages", []),
        links=[{"label": url.removeprefix("https://"), "url": url} for url in entry.get("links", ())],
        department=entry.get("department", ""),
        updated_at=now,
    )


def _skills(hall: Hall, entry: Entry, member: Member) -> Iterator[MemberSkill]:
    for written, relation in _RELATIONS.items():
        for position, name in enumerate(entry.get(written, ())):
            yield MemberSkill(
                member_id=member.id, relation=relation, skill_id=hall.skills[folded(name)], position=position
            )


def _portfolio(entry: Entry, member: Member, now: datetime) -> Iterator[PortfolioItem]:
    for position, title in enumerate(entry.get("portfolio", ())):
        yield PortfolioItem(member_id=member.id, title=title, position=position, created_at=now)


def _ask(hall: Hall, user: User, entry: Entry, now: datetime) -> None:
    asked = zip(hall.tenant.join_questions, entry["answers"], strict=True)
    request = JoinRequest(
        user_id=user.id,
        name=entry["name"],
        email=entry["email"],
        answers=[{"question": question, "answer": answer} for question, answer in asked],
        state="asked",
        asked_at=now,
    )
    db.session.add(request)
    db.session.flush()
    record("asked", request, by=None, kind="join_request", to="asked")


def _go(hall: Hall, name: str, entry: Entry, now: datetime) -> None:
    member = hall.members[name]
    was, member.standing = member.standing, entry["state"]
    member.standing_reason, member.standing_changed_at = entry["reason"], clock.now()
    by = member.id if entry["state"] == "left" else hall.leader.id
    record(entry["state"], member, by=by, from_=was, to=member.standing, why=entry["reason"])
