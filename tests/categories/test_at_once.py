"""Two who are the first at the same time: one of them makes what there is to keep, and neither is refused for it."""

from uuid import UUID

from sqlalchemy import select

from app.attestations.models import Attestation
from app.categories.delegating import delegate
from app.categories.models import Category
from app.categories.offices import AlreadyInOffice, TermOfOffice
from app.category_desk.models import CategoryDesk, DeskSettings
from app.category_figures.models import CategoryTargets
from app.core import clock
from app.core.database import db
from app.moderation.models.settings import settings_to_change
from app.reviews.models import Review
from app.reviews.publishing import review
from tenants.context import current_tenant_id
from tenants.duties import Delegation, in_force
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_category, a_leader, a_member, acting, an_agreement


def test_what_nobody_chose_before_is_chosen_by_two_at_once(busy_hall, at_once):
    agreement = an_agreement(state="accepted")
    client = acting(db.session.get_one(Member, (agreement.tenant_id, agreement.client_id)))
    written = review(agreement, by=client, rating=5, text="Neat.", private_note="", now=clock.now()).id
    desk = a_category("Print").id

    def settle() -> None:
        settings_to_change().new_days = 7

    def answer_within() -> None:
        CategoryDesk.of(desk).response_hours = 12

    def aim() -> None:
        category = db.session.get_one(Category, (current_tenant_id(), desk))
        CategoryTargets.choose(category, filled_days=7, answered_hours=None, by=client)

    def ask_for_name() -> UUID:
        return Attestation.of(db.session.get_one(Review, (current_tenant_id(), written))).id

    for first in (settle, answer_within, aim, ask_for_name, lambda: DeskSettings.choose(24)):
        answers = at_once(*[first] * 4)
        assert not [one for one in answers if isinstance(one, Exception)], answers
        assert len(set(answers)) == 1


def test_two_who_appoint_the_same_person_at_once_appoint_once(busy_hall, at_once):
    category_id, member_id = a_category("Print").id, a_member().id

    def appoint() -> None:
        category = db.session.get_one(Category, (current_tenant_id(), category_id))
        member, now = db.session.get_one(Member, (current_tenant_id(), member_id)), clock.now()
        TermOfOffice.begin(category, member, "expert", starts_on=now.date(), ends_on=None, by=None, now=now)

    answers = at_once(*[appoint] * 4)
    assert sorted(type(one).__name__ for one in answers if one is not None) == [AlreadyInOffice.__name__] * 3, answers
    assert len(db.session.scalars(select(TermOfOffice.id).where(scoped(TermOfOffice))).all()) == 1


def test_duties_given_twice_at_once_are_in_force_once(busy_hall, at_once):
    category_id, member_id, leader_id = a_category("Print").id, a_member().id, a_leader().id

    def give() -> None:
        category, now = db.session.get_one(Category, (current_tenant_id(), category_id)), clock.now()
        member, leader = (db.session.get_one(Member, (current_tenant_id(), one)) for one in (member_id, leader_id))
        delegate(category, member, ["board"], ends_on=now.date(), by=acting(leader), now=now)

    answers = at_once(*[give] * 4)
    assert answers == [None] * 4
    running = select(Delegation.id).where(scoped(Delegation), in_force(clock.now()))
    assert len(db.session.scalars(running).all()) == 1
