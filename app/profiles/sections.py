"""The sections of one's own profile: each has a form, reads what it shows and saves what it took, on its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core import clock
from app.core.forms import Form
from app.core.languages import lazy_gettext as _l
from app.profiles import forms
from app.profiles.appearance import go_by, live_in, own_member, read_in
from app.profiles.models import Profile
from app.profiles.models.skills import set_skills
from app.profiles.queries import OwnProfile
from tenants.context import Actor, tenant


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a profile. `shown` is what its form shows of a profile, `save` what becomes of its answers."""

    title: str
    lead: str
    form: type[Form]
    shown: Callable[[OwnProfile], dict[str, Any]]
    save: Callable[[Any, Profile, Actor, datetime], None]


def _save_words(form: forms.Words, profile: Profile, me: Actor, now: datetime) -> None:
    go_by(own_member(me.id), form["name"].data)
    department = form.department.data if tenant.is_company else profile.department
    profile.tell(
        now=now,
        headline=form.headline.data,
        story=form.story.data,
        offers=form.offers.data,
        department=department,
    )


def _save_skills(form: forms.Skills, profile: Profile, me: Actor, now: datetime) -> None:
    set_skills(me.id, {"held": form.held.data, "wanted": form.wanted.data, "interest": form.interest.data})
    profile.tell(now=now)


def _save_time(form: forms.Time, profile: Profile, me: Actor, now: datetime) -> None:
    profile.offer_hours(form.hours.data, on=clock.today(tenant.time_zone), now=now)
    if form.vacation_until.data:
        profile.go_away(from_=form.vacation_from.data, until=form.vacation_until.data, now=now)
    else:
        profile.come_back(now=now)


def _save_whereabouts(form: forms.Whereabouts, profile: Profile, me: Actor, now: datetime) -> None:
    member = own_member(me.id)
    live_in(member, form.time_zone.data)
    read_in(member, form.locale.data or "")
    profile.tell(now=now, place=form.place.data, remote=form.remote.data, languages=form.languages.data)


def _save_links(form: forms.Links, profile: Profile, me: Actor, now: datetime) -> None:
    profile.tell(now=now, links=form.links)


def _save_contact(form: forms.Contact, profile: Profile, me: Actor, now: datetime) -> None:
    profile.tell(now=now, contact=form.contact.data, contact_details=form.contact_details.data)


SECTIONS: dict[str, Section] = {
    "words": Section(
        _l("About you"),
        _l("The first things people read."),
        forms.Words,
        lambda own: own.columns("name", "headline", "department", "story", "offers"),
        _save_words,
    ),
    "skills": Section(
        _l("Skills"),
        _l("Three separate things, each found and matched on its own."),
        forms.Skills,
        lambda own: {"held": own.held, "wanted": own.wanted, "interest": own.interest},
        _save_skills,
    ),
    "time": Section(
        _l("Time"),
        _l("How much you have, and when you are away."),
        forms.Time,
        lambda own: own.columns("vacation_from", "vacation_until") | {"hours": own.row.available_minutes},
        _save_time,
    ),
    "whereabouts": Section(
        _l("Where"),
        _l("Where you work, on which clock, in which languages."),
        forms.Whereabouts,
        lambda own: own.columns("place", "remote", "time_zone", "languages") | {"locale": own.row.locale or None},
        _save_whereabouts,
    ),
    "links": Section(
        _l("Links"),
        _l("Where else your work can be seen. Six at most."),
        forms.Links,
        lambda own: dict(forms.Links.filled(own.row.links or [])),
        _save_links,
    ),
    "contact": Section(
        _l("Contact"),
        _l("Nobody sees this on your profile."),
        forms.Contact,
        lambda own: own.columns("contact", "contact_details"),
        _save_contact,
    ),
}
