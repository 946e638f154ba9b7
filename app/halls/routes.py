"""A marketplace's front page, its search, a member's own bench, and the way to their settings."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import MembershipNeeded, anyone_may, authorized, current_member, may, public
from app.core import clock
from app.core.caching import while_unchanged
from app.core.findable import be_found
from app.editorial.front_page import FrontPage
from app.halls import search as searching
from app.halls.front import Front, door_of, front_of
from app.halls.how import way_in
from app.halls.queries import own_standing
from app.halls.work import work_of
from app.policies import BE_HERE, MANAGE_HALL, SEE_HALL, lacks
from app.profiles.wording import availability
from app.search.question import Question
from tenants.context import Actor, current_tenant, member_or_none, tenant
from tenants.links import id_url

blueprint = Blueprint("halls", __name__, subdomain="hall")

_WHOLE_LISTS = {"gigs": "gigs.index", "people": "people.index"}


@blueprint.get("/")
@public
@while_unchanged(for_visitors=True, minutes=5)
def front() -> str:
    """Open to everybody; to visitors of a hall that only members see it shows the door alone."""
    viewer = member_or_none()
    if viewer is not None and (purpose := lacks(SEE_HALL, viewer)):
        raise MembershipNeeded(purpose)
    elif not may(SEE_HALL):
        return _page("halls/door.html", door_of(current_tenant(), FrontPage.of_hall().live), viewer)
    if anyone_may(SEE_HALL):
        be_found()
    return _page("halls/front.html", front_of(viewer), viewer)


@blueprint.get("/desk/front/preview")
@authorized(MANAGE_HALL)
def preview() -> str:
    """The draft of the front page, as visitors or, with `?as=member`, as members would see it."""
    page, viewer = FrontPage.of_hall(), current_member() if request.args.get("as") == "member" else None
    if viewer is None and tenant.who_may_see == "members":
        return _page("halls/door.html", door_of(current_tenant(), page.drafted), viewer, draft=page)
    return _page("halls/front.html", front_of(viewer, page.drafted), viewer, draft=page)


def _page(template: str, front: Front, viewer: Actor | None, draft: FrontPage | None = None) -> str:
    return render_template(template, front=front, viewer=viewer, way_in=way_in(current_tenant()), draft=draft)


@blueprint.get("/work")
@authorized(BE_HERE)
def work() -> str:
    me, now = current_member(), clock.now()
    told = own_standing(me.id)
    last_here = told.seen_before_on if told.seen_on == now.date() else told.seen_on
    free = availability(told, clock.today(tenant.time_zone))
    return render_template("halls/work.html", work=work_of(me, now=now, last_here=last_here), told=told, free=free)


@blueprint.get("/search")
@authorized(SEE_HALL)
def search() -> str | Response:
    question, viewer = Question.read(request.args.get("q")), member_or_none()
    if (whole := _WHOLE_LISTS.get(request.args.get("in", ""))) and not question.is_empty:
        # Links of an older edition: each kind has its list elsewhere.
        return redirect(url_for(whole, q=question.text))
    fields = searching.fields_of_work(viewer, question)
    if question.is_empty:
        return render_template("halls/search.html", question=question, fields=fields)
    return render_template(
        "halls/search.html",
        question=question,
        gigs=searching.gigs(question, viewer),
        people=searching.members(question, viewer),
        fields=fields,
    )


@blueprint.get("/shortcuts")
@public
def shortcuts() -> str:
    return render_template("halls/shortcuts.html")


@blueprint.get("/settings")
@authorized(BE_HERE)
def settings() -> str:
    sells = tenant.has_memberships or current_member().cover.had
    return render_template("halls/settings.html", account_url=id_url("account.home"), sells=sells)
