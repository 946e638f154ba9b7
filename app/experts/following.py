"""What the bench does when something happens elsewhere: a category is no more, two skills are one, an office ends sooner."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, tuple_, update

from app.categories.cut_short import when_cut_short
from app.categories.dissolving import hand_on, when_dissolved
from app.categories.models import Category
from app.categories.names import when_merged
from app.categories.offices import TermOfOffice
from app.core import clock
from app.core.database import db
from app.experts.models import Bench, Expertise, Question, Vetting
from app.experts.states import WAITING
from tenants.context import Actor
from tenants.isolation import scoped


@when_dissolved
def go_with_it(category: Category, into: Category, by: Actor) -> None:
    """Let what people are vetted for, and what waits, be the other category's. Where they have the same there, that stays:
    the request here is not decided, and what was held here ends.
    """
    now = clock.now()
    held, asked = _alike(Expertise, into), _alike(Vetting, into)
    for one in db.session.scalars(_of(Expertise, category)):
        if one.ended_at is None and (one.member_id, one.skill_id) in held:
            one.ended_at = now
        one.category_id = into.id
    for vetting in db.session.scalars(_of(Vetting, category)):
        if vetting.state in WAITING and (vetting.member_id, vetting.skill_id) in asked:
            vetting.give_way(now=now)
        vetting.category_id = into.id
    for question in db.session.scalars(select(Question).where(scoped(Question), Question.category_id == category.id)):
        question.category_id = into.id
    db.session.flush()
    hand_on(Bench, category, into)


@when_merged
def be_of_the_other(gone: UUID, stays: UUID) -> None:
    """Let what people are vetted for, and what waits, be for the skill that stays; as with categories where they have both."""
    now = clock.now()
    for expertise in db.session.scalars(_of_both(Expertise, Expertise.ended_at.is_(None), gone, stays)).all():
        expertise.ended_at = now
    for vetting in db.session.scalars(_of_both(Vetting, Vetting.state.in_(WAITING), gone, stays)).all():
        vetting.give_way(now=now)
    db.session.flush()
    for rows in (Expertise, Vetting):
        of_it, without = (scoped(rows), rows.skill_id == gone), {"synchronize_session": False}
        db.session.execute(update(rows).where(*of_it).values(skill_id=stays), execution_options=without)


@when_cut_short
def end_with_the_office(term: TermOfOffice, now: datetime) -> None:
    """Let what an expert is vetted for hold no longer than the office that somebody ended, or lets end sooner."""
    theirs = (Expertise.member_id == term.member_id, Expertise.category_id == term.category_id)
    held = select(Expertise).where(scoped(Expertise), *theirs, Expertise.ended_at.is_(None)).order_by(Expertise.id)
    for one in db.session.scalars(held.with_for_update()).all() if term.office == "expert" else ():
        if not term.is_running:
            one.ended_at = now
        elif term.ends_on is not None and term.ends_on < one.valid_until:
            one.valid_until = term.ends_on


def _of_both(rows: type[Any], running: ColumnElement[bool], gone: UUID, stays: UUID) -> Select[Any]:
    both = select(rows.member_id, rows.category_id).where(scoped(rows), rows.skill_id == stays, running).correlate(None)
    has_both = tuple_(rows.member_id, rows.category_id).in_(both)
    return (
        select(rows).where(scoped(rows), rows.skill_id == gone, running, has_both).order_by(rows.id).with_for_update()
    )


def _of(rows: type[Expertise] | type[Vetting], category: Category) -> object:
    return select(rows).where(scoped(rows), rows.category_id == category.id).order_by(rows.id)


def _alike(rows: type[Expertise] | type[Vetting], into: Category) -> set[tuple[object, object]]:
    still = Expertise.ended_at.is_(None) if rows is Expertise else Vetting.state.in_(WAITING)
    found = select(rows.member_id, rows.skill_id).where(scoped(rows), rows.category_id == into.id, still)
    return {(row.member_id, row.skill_id) for row in db.session.execute(found)}
