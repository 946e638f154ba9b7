"""What members of the demo tell about themselves."""

from collections.abc import Iterator
from datetime import date, datetime

from app.categories.vocabulary import folded
from app.core import pictures
from app.profiles.models import MemberSkill, PortfolioItem, Profile
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall
from app.seeds.pieces import piece
from tenants.models import Member

_RELATIONS = {"held": "held", "wanted": "wanted", "interests": "interest"}


def profile_rows(hall: Hall, name: str, entry: Entry, member: Member, now: datetime) -> Iterator[object]:
    """Yield the rows of one person's profile: words, skills and pieces of work."""
    hall.profiles[name] = _profile(hall, entry, member, now)
    yield hall.profiles[name]
    yield from _skills(hall, entry, member)
    yield from _portfolio(entry, member, now)


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
    """Yield the pieces of work: a title alone, or with what its picture shows and that in words."""
    for position, written in enumerate(entry.get("portfolio", ())):
        title, shows, words = written if isinstance(written, list) else (written, "", "")
        item = PortfolioItem(member_id=member.id, title=title, position=position, picture_alt=words, created_at=now)
        if shows:
            kept = pictures.keep_own(piece(shows), tenant_id=member.tenant_id, owner=str(member.id))
            item.picture, item.picture_width, item.picture_height = kept.name, kept.width, kept.height
        yield item
