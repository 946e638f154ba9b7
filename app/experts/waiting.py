"""What of the experts waits at a category's desk: requests to be vetted, seen there by whoever may still say something to them
and by nobody else; and questions that nobody took.
"""

from typing import Any

from flask import url_for
from sqlalchemy import String, Uuid, and_, case, cast, exists, func, literal_column, null, or_, select, text

from app.categories.models import Category
from app.categories.waiting import AT_DESK, ONLOOKER, Matter, comes_to_the_desk
from app.core.languages import lazy_gettext as _l
from app.experts.deciders import QUORUM
from app.experts.models import Opinion, Question, Vetting
from app.experts.states import WAITING
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member, Role, one_of
from tenants.offices import in_office

# As `app.experts.deciders` counts them, in the words of the database.
_HOLDS = and_(scoped(Role), in_office())
_OF_CATEGORY = and_(Role.category_id == AT_DESK, text(one_of("roles.role", ("category_leader", "expert"))))
_IS_OF_CATEGORY = exists().where(_HOLDS, _OF_CATEGORY, Role.member_id == ONLOOKER)
_IS_LEADER = exists().where(_HOLDS, text(one_of("roles.role", ("leader", "admin"))), Role.member_id == ONLOOKER)
_OTHERS_OF_CATEGORY = (
    select(func.count(Role.member_id.distinct()))
    .join(Member, and_(Member.tenant_id == Role.tenant_id, Member.id == Role.member_id))
    .where(_HOLDS, _OF_CATEGORY, Member.standing == literal_column("'active'"), Role.member_id != Vetting.member_id)
    .correlate(Vetting)
    .scalar_subquery()
)
_HAS_SAID = exists().where(
    Opinion.tenant_id == Vetting.tenant_id, Opinion.vetting_id == Vetting.id, Opinion.decider_id == ONLOOKER
)
_IS_TIED = Vetting.state == literal_column("'tied'")
_MAY_DECIDE = case(
    (_IS_TIED, _IS_LEADER),
    else_=or_(_IS_OF_CATEGORY, and_(_IS_LEADER, literal_column(str(QUORUM)) > _OTHERS_OF_CATEGORY)),
)
# The clock looks as nobody. It reminds each of those who decide by themselves (`app.experts.jobs`), since whoever has said what
# they think waits for others: a desk is not told that it is late for that.
_FOR_WHOEVER_LOOKS = and_(
    ONLOOKER.is_not(None), Vetting.member_id != ONLOOKER, ~_HAS_SAID.correlate(Vetting), _MAY_DECIDE
)


def _question_page(row: Any, _actor: Actor) -> str:
    return url_for("experts.read_question", question_id=row.id)


def _page(row: Any, _actor: Actor) -> str:
    return url_for("experts.show", vetting_id=row.id)


VETTINGS = comes_to_the_desk(
    Matter(
        name="vettings",
        duties=("vetting",),
        label=_l("Experts to vet"),
        says=_l("{who} would like to be vetted; say what you think, for yourself"),
        waiting=select(
            Vetting.id,
            Vetting.state_changed_at.label("since"),
            Category.name.label("title"),
            Member.name.label("who"),
            Vetting.id.label("about_id"),
            cast(null(), Uuid()).label("holder_id"),
            func.left(Vetting.words, 240, type_=String()).label("note"),
        )
        .select_from(Vetting)
        .join(Category, and_(Category.tenant_id == Vetting.tenant_id, Category.id == Vetting.category_id))
        .join(Member, and_(Member.tenant_id == Vetting.tenant_id, Member.id == Vetting.member_id))
        .where(scoped(Vetting), Vetting.category_id == AT_DESK, text(f"vettings.{one_of('state', WAITING)}"))
        .where(_FOR_WHOEVER_LOOKS),
        href=_page,
    )
)

QUESTIONS = comes_to_the_desk(
    Matter(
        name="questions",
        label=_l("Questions without an answer"),
        says=_l("{who} asked, and nobody has taken it; perhaps you know it, or who does"),
        waiting=select(
            Question.id,
            Question.state_changed_at.label("since"),
            Question.title,
            Member.name.label("who"),
            Question.id.label("about_id"),
            cast(null(), Uuid()).label("holder_id"),
            func.left(Question.words, 240, type_=String()).label("note"),
        )
        .select_from(Question)
        .join(Member, and_(Member.tenant_id == Question.tenant_id, Member.id == Question.member_id))
        .where(scoped(Question), Question.category_id == AT_DESK, text("expert_questions.state = 'passed_on'"))
        # It is not for whoever asks to find somebody.
        .where(Question.hidden_at.is_(None), Question.member_id.is_distinct_from(ONLOOKER)),
        href=_question_page,
    )
)
