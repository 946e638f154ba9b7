"""Asking an expert: one takes it, answers for everybody or for one alone; what nobody takes goes to the desk."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.activity.stateful import NotYours
from app.categories.dissolving import dissolve
from app.categories.offices import TermOfOffice
from app.category_desk.queue import queue
from app.core import clock
from app.core.database import db
from app.core.transitions import WrongState
from app.departures.departure import leave
from app.experts.failures import NobodyToAsk, NotHeld, TakenAlready
from app.experts.jobs import tick
from app.experts.models import Question
from app.experts.queries import bench_of
from app.messages.models import Report
from app.moderation.things import reported
from app.notifications.models import Notification
from app.profiles.blocks import Block
from tenants.isolation import scoped
from tests.experts.test_vetting import in_office, vetted
from tests.factories import a_category, a_leader, a_member, a_published_gig, a_user, acting, run_jobs

TITLE = "Which size holds gold in the evening sun?"
ANSWER = "A slow oil size, twelve hours, and never before rain."


@pytest.fixture
def field(hall):
    return a_category("Print")


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor", user=a_user("Maya Okafor", email="maya@example.org"))


@pytest.fixture
def kofi(field):
    return in_office(field, "Kofi Mensah", "category_leader")


@pytest.fixture
def odile(field):
    return in_office(field, "Odile Rey")


def asked(category, member, **what):
    question = Question.ask(category, by=acting(member), title=TITLE, now=clock.now(), **what)
    db.session.commit()
    return question


def answered(category, member, expert, privately=False, **what):
    question = asked(category, member, **what)
    question.take(by=acting(expert), now=clock.now())
    question.reply(ANSWER, privately=privately, by=acting(expert), now=clock.now())
    db.session.commit()
    return question


def later(**span):
    return clock.travel(to=clock.now() + timedelta(**span))


def at_desk(category, member):
    return [row.id for row in queue(category.id, onlooker=member.id, kind="questions").page]


def told(verb):
    found = select(Activity).where(scoped(Activity), Activity.subject_kind == "question", Activity.verb == verb)
    return list(db.session.scalars(found))


def test_a_question_about_a_gig_is_answered_where_everybody_reads_it(field, maya, kofi, odile, browser, outbox):
    gig = a_published_gig(by=kofi, category=field, title="Gild a fanlight")
    hers, page = browser(maya), f"/gigs/{gig.id}"
    assert f"{page}/questions/new" in hers.get(page).text
    assert hers.post(f"{page}/questions", data={"title": "Gold?"}).status_code == 422
    at = hers.post(f"{page}/questions", data={"title": TITLE, "words": "Buses stop below."}).location
    run_jobs()
    assert TITLE in outbox.to("odile-rey@example.org").subject
    # Before it is answered, nobody but whoever may answer reads it.
    assert browser(a_member("Kim Lund")).get(at).status_code == 403
    expert = browser(odile)
    assert expert.post(f"{at}/answer", data={"answer": ANSWER}).status_code == 409
    assert expert.post(f"{at}/holding").status_code == 302
    assert browser(kofi).post(f"{at}/holding").status_code == 409
    assert expert.post(f"{at}/answer", data={"answer": "Slow."}).status_code == 422
    assert expert.post(f"{at}/answer", data={"answer": ANSWER}).status_code == 302
    run_jobs()
    assert "answered your question" in outbox.to("maya@example.org").subject
    visitor = browser()
    for path in (page, at, "/categories/print", "/categories/print/questions"):
        assert ANSWER in visitor.get(path).text, path
    assert visitor.post(f"{at}/help", data={"helped": "yes"}).status_code in (302, 401, 403)
    assert hers.post(f"{at}/help", data={"helped": "yes"}).status_code == 302
    run_jobs()
    assert "your answer helped" in outbox.to("odile-rey@example.org").subject


def test_what_is_answered_in_private_nobody_else_reads(field, maya, kofi, odile, browser):
    ines = a_leader()
    for question in (answered(field, maya, odile, is_private=True), answered(field, maya, odile, privately=True)):
        at = f"/questions/{question.id}"
        assert question.is_private
        assert [browser(one).get(at).status_code for one in (maya, odile, kofi, ines)] == [200, 200, 403, 403]
    assert ANSWER not in browser(maya).get("/categories/print").text


def test_a_refused_answer_shows_a_private_question_to_nobody_but_its_holder(field, maya, kofi, odile, browser):
    held, done = asked(field, maya, is_private=True), answered(field, maya, odile, is_private=True)
    held.take(by=acting(odile), now=clock.now())
    db.session.commit()
    for question, status in ((held, 403), (done, 409)):
        refused = browser(kofi).post(f"/questions/{question.id}/answer", data={"answer": ""})
        assert refused.status_code == status
        assert TITLE not in refused.text
        assert ANSWER not in refused.text


def test_answers_count_on_the_bench_and_the_profile(field, maya, kofi, odile, browser):
    vetted(field, maya, kofi, odile)
    answered(field, kofi, maya).judge(True, by=acting(kofi), now=clock.now())
    answered(field, odile, maya, privately=True)
    db.session.commit()
    [(_, held)] = bench_of(field.id)
    assert (held[0].answered, held[0].helped) == (2, 1)
    for path in ("/categories/print/experts", f"/people/{maya.id}"):
        assert "2 questions answered" in browser().get(path).text


def test_one_holds_it_and_only_who_knows_the_field_may(field, maya, kofi, odile):
    question = asked(field, maya)
    for other in (maya, a_leader(), in_office(a_category("Binding"), "Noor Hadid")):
        with pytest.raises(NotYours):
            question.take(by=acting(other), now=clock.now())
    question.take(by=acting(odile), now=clock.now())
    with pytest.raises(TakenAlready):
        question.take(by=acting(kofi), now=clock.now())
    with pytest.raises(NotHeld):
        question.reply(ANSWER, privately=False, by=acting(kofi), now=clock.now())
    question.give_back(by=acting(odile), now=clock.now())
    question.take(by=acting(kofi), now=clock.now())
    question.reply(ANSWER, privately=False, by=acting(kofi), now=clock.now())
    with pytest.raises(WrongState):
        question.withdraw(by=acting(maya), now=clock.now())
    db.session.add(Block(blocker_id=maya.id, blocked_id=odile.id, created_at=clock.now()))
    db.session.commit()
    with pytest.raises(NotYours):
        asked(field, maya).take(by=acting(odile), now=clock.now())


def test_whoever_lost_the_office_answers_no_more(field, maya, odile):
    question = asked(field, maya)
    question.take(by=acting(odile), now=clock.now())
    term = db.session.scalars(select(TermOfOffice).where(scoped(TermOfOffice))).one()
    term.end(by=acting(a_leader()), why="Thank you.", now=clock.now())
    db.session.commit()
    with pytest.raises(NotYours):
        question.reply(ANSWER, privately=False, by=acting(odile), now=clock.now())
    with pytest.raises(NobodyToAsk):
        asked(field, maya)


def test_what_nobody_answers_goes_to_the_desk_and_then_lapses(field, maya, kofi, odile):
    question, held = asked(field, maya), asked(field, maya)
    held.take(by=acting(odile), now=clock.now())
    db.session.commit()
    assert at_desk(field, kofi) == []
    with later(days=2, hours=12):
        tick()
        assert {row.data["owner_ids"][0] for row in told("reminded")} >= {str(odile.id)}
    for days, state, waits in ((3, "open", 0), (5, "passed_on", 2), (25, "lapsed", 0)):
        with later(days=days):
            for one in (question, held):
                one.end_waiting(now=clock.now())
            db.session.commit()
            assert (question.state, len(at_desk(field, kofi))) == (state, waits)
    assert [row.data["owner_ids"] for row in told("pass_on")] == [[str(kofi.id)]]
    assert told("run_out")[0].data["held_by"] == str(odile.id)
    assert at_desk(field, maya) == []


def test_only_so_many_are_asked_in_a_day(field, maya, odile, browser):
    hers = browser(maya)
    answers = [hers.post("/categories/print/questions", data={"title": TITLE}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_question_and_an_answer_are_reported_and_hidden_each_for_itself(field, maya, kofi, odile, browser):
    question, kim = answered(field, maya, odile), a_member("Kim Lund")
    words = {"rule": "spam", "words": "It sells a varnish of their own."}
    assert browser(kim).post(f"/reports/new/answer/{question.id}", data=words).status_code == 302
    report = db.session.scalars(select(Report).where(scoped(Report))).one()
    thing = reported(report)
    assert (thing.member_id, thing.words) == (odile.id, ANSWER)
    thing.hide(by=acting(a_leader()), why="It is.", now=clock.now())
    db.session.commit()
    assert ANSWER not in browser().get(f"/questions/{question.id}").text
    private = answered(field, maya, odile, is_private=True)
    assert browser(kim).get(f"/reports/new/question/{private.id}").status_code == 404


def test_who_leaves_takes_what_was_theirs_along_and_leaves_what_everybody_reads(field, maya, kofi, odile, browser):
    public, private = answered(field, maya, odile), answered(field, maya, odile, is_private=True)
    waiting, held = asked(field, maya), asked(field, kofi)
    held.take(by=acting(odile), now=clock.now())
    db.session.commit()
    for one in (maya, odile):
        leave(acting(one), now=clock.now())
        db.session.commit()
    db.session.expire_all()
    assert [(one.state, one.holder_id) for one in (waiting, held)] == [("withdrawn", None), ("open", None)]
    assert (waiting.title, private.title, private.answer) == ("", "", "")
    page = browser().get(f"/questions/{public.id}").text
    assert ANSWER in page
    assert "Maya" not in page
    assert "Former member" in page


def test_what_was_told_of_private_questions_goes_with_whoever_asked(field, maya, odile, outbox):
    answered(field, maya, odile, is_private=True)
    asked(field, maya).take(by=acting(odile), now=clock.now())
    db.session.commit()
    run_jobs()
    leave(acting(maya), now=clock.now())
    db.session.commit()
    run_jobs()
    kept = db.session.scalars(select(Activity.data).where(scoped(Activity), Activity.subject_kind == "question")).all()
    assert kept
    assert not any({"title", "name"} & data.keys() for data in kept)
    told_of_them = select(Notification.title).where(scoped(Notification), Notification.event.startswith("question."))
    assert db.session.scalars(told_of_them).all() == ["A question that you had taken was taken back"]


def test_questions_go_along_when_a_category_is_dissolved(field, maya, odile):
    question, binding = asked(field, maya), a_category("Binding")
    dissolve(field, into=binding, by=acting(a_leader()), now=clock.now())
    db.session.commit()
    db.session.expire_all()
    assert question.category_id == binding.id
