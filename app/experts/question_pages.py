"""Asking a category's experts, and answering: the questions of a category, and the page of one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, may
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.limits import allow
from app.experts.blueprint import blueprint
from app.experts.deciders import people_of_the_field
from app.experts.failures import NobodyToAsk, NoSuchQuestion
from app.experts.forms import AnswerForm, QuestionForm
from app.experts.models import Question
from app.experts.questions import answered_in, asked_by, has_experts, question_or_404, unanswered_in
from app.experts.states import QUESTION
from app.gigs.category_pages import category_or_404
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.policies import ANSWER_QUESTION, ASK_EXPERTS, RUN_QUESTION, SEE_GIG, SEE_HALL, SEE_QUESTION
from app.profiles.blocks import are_apart
from app.profiles.people import people
from tenants.context import current_tenant_id, member_or_none

_IN = "/categories/<slug>/questions"
_AT = "/questions/<uuid:question_id>"
#: So many questions may somebody ask in a day.
A_DAY = 5


def readable_or_404(question_id: UUID) -> Question:
    """Return a question to experts; one about a gig that whoever looks does not see is not here, but for those who are in it.

    :raises NoSuchQuestion: when it is not here.
    """
    question, me = question_or_404(question_id), member_or_none()
    if me is not None and (question.is_party(me.id) or question.is_unanswered):
        return question
    gig = db.session.get(Gig, (current_tenant_id(), question.gig_id)) if question.gig_id else None
    if gig is not None and not may(SEE_GIG, gig):
        raise NoSuchQuestion
    return question


def seen_gig_or_404(gig_id: UUID) -> Gig:
    """Return a gig that whoever looks may see.

    :raises NotFound: when there is none, or not for them.
    """
    gig = gig_or_404(gig_id)
    if not may(SEE_GIG, gig):
        raise NotFound
    return gig


@blueprint.get(_IN)
@authorized(SEE_HALL, load=category_or_404)
def questions(category: Category) -> str:
    me = member_or_none()
    answers = me is not None and (category.id in me.advises or category.id in me.leads)
    return render_template(
        "experts/questions.html",
        category=category,
        page=answered_in(category.id, request.args.get("at")),
        waiting=unanswered_in(category.id, me) if me is not None and answers else None,
        mine=asked_by(me, category.id) if me is not None else [],
        can_ask=not category.is_archived and has_experts(category.id),
        labels=QUESTION.labels,
    )


@blueprint.get(f"{_IN}/new")
@authorized(ASK_EXPERTS, load=category_or_404)
def new_question(category: Category) -> str:
    return _asking_page(category, None, QuestionForm(formdata=None))


@blueprint.post(_IN)
@authorized(ASK_EXPERTS, load=category_or_404)
def ask_question(category: Category) -> Any:
    return _ask(category, None)


@blueprint.get("/gigs/<uuid:gig_id>/questions/new")
@authorized(ASK_EXPERTS, load=seen_gig_or_404)
def new_question_about(gig: Gig) -> str:
    return _asking_page(_category_of(gig), gig, QuestionForm(formdata=None))


@blueprint.post("/gigs/<uuid:gig_id>/questions")
@authorized(ASK_EXPERTS, load=seen_gig_or_404)
def ask_question_about(gig: Gig) -> Any:
    return _ask(_category_of(gig), gig)


@blueprint.get(_AT)
@authorized(SEE_QUESTION, load=readable_or_404)
def read_question(question: Question) -> str:
    return _page(question)


@blueprint.post(f"{_AT}/holding")
@authorized(ANSWER_QUESTION, load=question_or_404)
def take(question: Question) -> Response:
    question.take(by=current_member(), now=clock.now())
    flash(_("It is yours to answer. After four days it goes to somebody else."))
    return _back(question)


@blueprint.post(f"{_AT}/holding/end")
@authorized(ANSWER_QUESTION, load=question_or_404)
def give_back(question: Question) -> Response:
    question.give_back(by=current_member(), now=clock.now())
    flash(_("Given back. Somebody else can take it now."))
    return redirect(url_for(".questions", slug=_category(question).slug))


@blueprint.post(f"{_AT}/answer")
@authorized(ANSWER_QUESTION, load=question_or_404)
def answer(question: Question) -> Any:
    # Before the form: the page that refuses one shows the question to whoever holds it, and to nobody else.
    question.row_for("answer", by=current_member())
    form = AnswerForm(question=question)
    if not form.validate_on_submit():
        return _page(question, form), 422
    question.reply(form.answer.data, privately=form.privately, by=current_member(), now=clock.now())
    flash(_("Answered. They are told."))
    return _back(question)


@blueprint.post(f"{_AT}/help")
@authorized(RUN_QUESTION, load=question_or_404)
def judge(question: Question) -> Response:
    question.judge(request.form.get("helped") == "yes", by=current_member(), now=clock.now())
    flash(_("Thank you for saying so."))
    return _back(question)


@blueprint.post(f"{_AT}/withdrawal")
@authorized(RUN_QUESTION, load=question_or_404)
def withdraw_question(question: Question) -> Response:
    question.withdraw(by=current_member(), now=clock.now())
    flash(_("Taken back."))
    return _back(question)


def _category_of(gig: Gig) -> Category:
    category = db.session.get(Category, (current_tenant_id(), gig.category_id)) if gig.category_id else None
    if category is None or not gig.is_live:
        raise NobodyToAsk
    return category


def _category(question: Question) -> Category:
    return db.session.get_one(Category, (current_tenant_id(), question.category_id))


def _ask(category: Category, gig: Gig | None) -> Any:
    me, form = current_member(), QuestionForm()
    if not form.validate_on_submit():
        return _asking_page(category, gig, form), 422
    allow("questions", str(me.id), limit=A_DAY, per=timedelta(days=1))
    question = Question.ask(category, gig=gig, by=me, now=clock.now(), **form.data)
    flash(_("Asked. You are told as soon as somebody has answered."))
    return _back(question)


def _asking_page(category: Category, gig: Gig | None, form: QuestionForm) -> str:
    others = people_of_the_field(category.id) - {current_member().id}
    return render_template(
        "experts/asking_question.html",
        category=category,
        gig=gig,
        form_=form,
        can_ask=bool(others) and not category.is_archived,
    )


def _page(question: Question, form: AnswerForm | None = None) -> str:
    me = member_or_none()
    known = people({question.member_id, question.holder_id, question.answered_by})
    is_own = me is not None and me.id == question.member_id
    is_held = me is not None and me.id == question.holder_id
    can_take = question.state in ("open", "passed_on") and not is_own and may(ANSWER_QUESTION, question)
    return render_template(
        "experts/question.html",
        question=question,
        category=_category(question),
        gig=db.session.get(Gig, (current_tenant_id(), question.gig_id)) if question.gig_id else None,
        people=known,
        label=QUESTION.labels[question.state],
        is_own=is_own,
        can_take=can_take and me is not None and not are_apart(me.id, question.member_id),
        is_held=is_held,
        form_=form or (AnswerForm(formdata=None, question=question) if is_held else None),
    )


def _back(question: Question) -> Response:
    return redirect(url_for(".read_question", question_id=question.id))
