"""A marketplace's front page, its search, a member's own bench, and the way to their settings."""

from flask import Blueprint, render_template, request

from app.authorization import authorized, current_member, may, public
from app.core import clock
from app.gigs.cards import cards
from app.gigs.queries import category_list, newest
from app.halls import search as searching
from app.halls.front import greeting
from app.halls.queries import front as figures_of
from app.halls.queries import newest_members, own_availability
from app.halls.work import work_of
from app.policies import BE_HERE, SEE_HALL
from app.profiles.wording import availability
from tenants.context import member_or_none, tenant
from tenants.links import id_url

blueprint = Blueprint("halls", __name__, subdomain="hall")

_GIGS = 6


@blueprint.get("/")
@public
def front() -> str:
    """Open to everybody; to visitors of a hall that only members see it shows the door alone."""
    if not may(SEE_HALL):
        return render_template("halls/door.html")
    viewer = member_or_none()
    found = figures_of(viewer)
    return render_template(
        "halls/front.html",
        figures=found,
        greeting=greeting(found, viewer),
        gigs=cards(newest(viewer, _GIGS)),
        categories=[one for one in category_list(viewer) if one.archived_at is None],
        people=newest_members(),
    )


@blueprint.get("/work")
@authorized(BE_HERE)
def work() -> str:
    me, now = current_member(), clock.now()
    told = own_availability(me.id)
    free = availability(told, clock.today(tenant.time_zone)) if told else None
    return render_template("halls/work.html", work=work_of(me, now=now), told=told, free=free)


@blueprint.get("/search")
@authorized(SEE_HALL)
def search() -> str:
    question, viewer = searching.Question.read(request.args), member_or_none()
    if not question.words:
        return render_template("halls/search.html", question=question, fields=searching.fields_of_work(viewer, []))
    return render_template(
        "halls/search.html",
        question=question,
        gigs=searching.gigs(question, viewer),
        people=searching.members(question, viewer),
        fields=searching.fields_of_work(viewer, question.words),
    )


@blueprint.get("/shortcuts")
@public
def shortcuts() -> str:
    return render_template("halls/shortcuts.html")


@blueprint.get("/settings")
@authorized(BE_HERE)
def settings() -> str:
    return render_template("halls/settings.html", account_url=id_url("account.home"))
