"""A marketplace of the demo opens: tenant, fields of work, words for skills, and its rules in versions."""

from collections.abc import Iterator
from datetime import time, timedelta
from uuid import UUID
from zlib import crc32

from sqlalchemy import update

from app.categories.models import Category, Skill
from app.categories.vocabulary import folded, skills_named
from app.core import clock
from app.core.database import db
from app.joining.models import RulesAcceptance
from app.joining.rules import publish_rules
from app.seeds.content_files import Content, Entry, flowing
from app.seeds.days import Days
from app.seeds.hall import Hall
from tenants.founding import found
from tenants.isolation import scoped
from tenants.models import Tenant

_MORNING = time(8, 20)
# Members' words that the leader has not looked at yet.
_NEW_WORDS = 5


def open_hall(tenant_id: int, content: Content) -> Hall:
    """Return the new marketplace, written in the transaction of its own context, with nobody in it yet."""
    entry = content.hall
    days = Days.from_now(entry["time_zone"])
    with clock.travel(to=days.moment(f"{entry['opened']} 07:00", usually=_MORNING)):
        hall = Hall(content, _tenant(tenant_id, entry), days)
        for position, (slug, category) in enumerate(content.categories.items()):
            hall.categories[slug] = _category(slug, category, position)
        names = list(dict.fromkeys(_skill_names(content)))
        hall.skills = dict(zip(dict.fromkeys(map(folded, names)), skills_named(names), strict=True))
        _keep(list(hall.skills.values())[:-_NEW_WORDS])
        db.session.add_all(hall.categories.values())
        db.session.flush()
        for slug, category in content.categories.items():
            if "within" in category:
                hall.categories[slug].put_under(hall.categories[category["within"]].id)
    return hall


def _keep(skill_ids: list[UUID]) -> None:
    """Let the leader have looked at these words for skills."""
    looked_at = update(Skill).where(scoped(Skill), Skill.id.in_(skill_ids))
    db.session.execute(looked_at.values(kept_at=clock.now()), execution_options={"synchronize_session": False})


def tell_of_rules(hall: Hall) -> None:
    """Let each version of the rules come out on its day; the text that did not change is carried along."""
    texts = {"terms": "", "guidelines": ""}
    for day in _days_of_rules(hall):
        texts |= {
            kind: flowing(version["text"])
            for kind in texts
            for version in hall.content.hall[kind]
            if version["on"] == day
        }
        note = "" if day == hall.content.hall["opened"] else hall.content.hall["rules_note"]
        hall.story.on(
            hall.days.moment(day, usually=_MORNING),
            f"rules of {day}",
            lambda now, texts=dict(texts), note=note: publish_rules(
                **texts, note=note, by=hall.actor(hall.leader.id), now=now
            ),
        )


def accept_rules(hall: Hall) -> None:
    """Let everybody have accepted the rules on joining and, as most do, each newer version within days."""
    versions = list(enumerate(_days_of_rules(hall), start=1))
    for name, member in hall.members.items():
        if member is hall.leader or not member.is_active:
            # Whoever wrote them accepted them by that; of whoever is gone nothing is kept.
            continue
        entry = hall.content.people[name]
        joined = hall.days.day(entry["joined"])
        on_joining = max(version for version, day in versions if hall.days.day(day) <= joined)
        accepted = {on_joining: hall.days.moment(entry["joined"], usually=time(9, 30), salt=name)}
        for version, day in versions[on_joining:]:
            noise = crc32(f"{name} {day}".encode())
            # The demo's own accounts have answered, so that nothing stands between a newcomer and the hall.
            if noise % 7 or entry["email"].endswith("@example.com"):
                accepted[version] = hall.days.moment(day, usually=time(20)) + timedelta(days=1 + noise % 9)
        member.rules_version = max(accepted)
        db.session.add_all(
            RulesAcceptance(member_id=member.id, version=version, accepted_at=moment)
            for version, moment in accepted.items()
        )


def _tenant(tenant_id: int, entry: Entry) -> Tenant:
    access = entry["access"]
    return found(
        tenant_id,
        slug=entry["slug"],
        name=entry["name"],
        kind=entry["kind"],
        tagline=entry["tagline"],
        welcome=entry["sentence"],
        preset=entry["preset"],
        brand_colour=entry["brand"],
        currency=entry["currency"],
        time_zone=entry["time_zone"],
        who_may_see=access["see"],
        who_may_join=access["join"],
        who_may_post=access["post"],
        join_questions=access["questions"],
        join_domains=access.get("domains", []),
        checklist_dismissed_at=clock.now(),
    )


def _category(slug: str, entry: Entry, position: int) -> Category:
    return Category(
        slug=slug,
        name=entry["name"],
        summary=entry["summary"],
        charter=flowing(entry["charter"]).strip(),
        standards=flowing(entry.get("standards", "")).strip(),
        rates=flowing(entry.get("rates", "")).strip(),
        joining=flowing(entry.get("joining", "")).strip(),
        emblem=entry["emblem"],
        posting_rule=entry.get("posting", "open"),
        position=position,
        created_at=clock.now(),
    )


def _skill_names(content: Content) -> Iterator[str]:
    for person in content.people.values():
        for relation in ("held", "wanted", "interests"):
            yield from person.get(relation, ())
    for gig in content.gigs.values():
        yield from (*gig.get("needs", ()), *gig.get("gains", ()))


def _days_of_rules(hall: Hall) -> list[str]:
    versions = [version["on"] for kind in ("terms", "guidelines") for version in hall.content.hall[kind]]
    return sorted(set(versions), key=hall.days.day)
