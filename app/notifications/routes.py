"""What members are told: the list behind the bell, what they choose to hear, and the way out of every e-mail."""

from dataclasses import replace
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import any_origin, authorized, current_member, public
from app.core import clock
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.mandates.wording import said_by
from app.notifications import listening
from app.notifications.events import event_or_none
from app.notifications.forms import TopicChoices, choices_form
from app.notifications.inbox import inbox, is_told_here, read_all, read_one, read_what_leads_to
from app.notifications.letters import sentence, unsubscribed
from app.notifications.preferences import channels_of, choose, end_rest, rest, rest_until, stop_mail
from app.notifications.reader import reader_or_none
from app.notifications.topics import TOPICS, topics_for
from app.policies import BE_HERE
from tenants.context import member_or_none, set_member

blueprint = Blueprint("notifications", __name__, subdomain="hall")
listening.install()

#: The pages that notifications lead to: whoever sees one has read what led there, whichever way they came.
LEADS_TO = frozenset(
    {
        "gigs.show",
        "applications.show",
        "applications.of_gig",
        "agreements.show",
        "projects.index",
        "projects.show",
        "projects.talk",
        "projects.todo",
        "payments.earnings",
        "reviews.new",
        "reviews.new_of_project",
        "messages.thread",
        "people.show",
        "profiles.outline",
        "endorsements.index",
        "imports.show",
        "leading.office",
        "category_desk.by_id",
        "experts.read_question",
        "experts.show",
        "admin.desk",
        "admin.report",
        "admin.requests",
        "alerts.show",
        "certificates.index",
        "assisting.show",
        "credits.show",
        "joining.rules",
        "kudos.index",
        "memberships.show",
        "attestations.along",
        "attestations.naming",
        "vouching.index",
        "loose_money.index",
        "moderation.log",
        "moderation.measure",
        "moderation.mine",
        "plans.show",
    }
)


def mine_or_404(notification_id: UUID) -> UUID:
    """Return the id of one of the signed-in member's notifications.

    :raises NotFound: when it is none of theirs.
    """
    member = member_or_none()
    if member is None or not is_told_here(member.id, notification_id):
        raise NotFound
    return notification_id


@blueprint.get("/notifications")
@authorized(BE_HERE)
def index() -> str:
    me, unread = current_member(), request.args.get("show") == "unread"
    page = inbox(me.id, unread=unread, at=request.args.get("at"))
    if me.unread:
        # What leads nowhere else has been read with this; it is shown as new once more.
        read_what_leads_to(url_for(".index"), me.id, now=clock.now())
    return render_template("notifications/index.html", page=page, rows=_rows(page), unread=unread)


@blueprint.post("/notifications/reading")
@authorized(BE_HERE)
def read_everything() -> Response:
    read_all(current_member().id, now=clock.now())
    return redirect(url_for(".index"))


@blueprint.post("/notifications/<uuid:notification_id>/reading")
@authorized(BE_HERE, load=mine_or_404)
def read(mine: UUID) -> Response:
    read_one(current_member().id, mine, now=clock.now())
    return redirect(url_for(".index", show=request.form.get("show") or None))


@blueprint.before_app_request
def _read_what_led_here() -> None:
    """A page that is not shown in the end (403, 404) undoes this with everything else."""
    me = member_or_none()
    if (
        me is None
        or me.helper is not None
        or not me.unread
        or request.method != "GET"
        or request.endpoint not in LEADS_TO
    ):
        return
    read = read_what_leads_to(request.path, me.id, now=clock.now())
    if read:
        set_member(replace(me, unread=max(0, me.unread - read)))


@blueprint.get("/settings/notifications")
@authorized(BE_HERE)
def settings() -> str:
    topics = topics_for(current_member().roles)
    return _settings_page(choices_form(topics)(data=channels_of(current_member().id, topics)))


@blueprint.post("/settings/notifications")
@authorized(BE_HERE)
def choose_topics() -> tuple[str, int] | Response:
    form = choices_form(topics_for(current_member().roles))()
    if not form.validate_on_submit():
        return _settings_page(form), 422
    choose(current_member().id, form.chosen)
    flash(_("Saved. That is what you will be told."))
    return redirect(url_for(".settings"))


@blueprint.post("/settings/notifications/rest")
@authorized(BE_HERE)
def begin_rest() -> Response:
    rest(current_member().id, now=clock.now())
    flash(_("No e-mail for a week. What happens meanwhile is listed here, behind the bell."))
    return redirect(url_for(".settings"))


@blueprint.post("/settings/notifications/rest/end")
@authorized(BE_HERE)
def stop_rest() -> Response:
    end_rest(current_member().id)
    flash(_("E-mail comes again."))
    return redirect(url_for(".settings"))


@blueprint.get("/unsubscribe/<token>")
@public
def unsubscribe(token: str) -> str:
    _, topic = _unsubscribed_or_404(token)
    return render_template("notifications/unsubscribe.html", topic=TOPICS[topic], token=token)


@blueprint.post("/unsubscribe/<token>")
@public
@any_origin
def stop(token: str) -> str:
    """Stop the mail at once: a mail program posts here for its reader, from nowhere and signed in as nobody (RFC 8058)."""
    member_id, topic = _unsubscribed_or_404(token)
    everything = "everything" in request.form
    stop_mail(member_id, TOPICS.values() if everything else [TOPICS[topic]])
    return render_template("notifications/stopped.html", topic=TOPICS[topic], everything=everything, token=token)


def _unsubscribed_or_404(token: str) -> tuple[UUID, str]:
    found = unsubscribed(token)
    if found is None:
        raise NotFound(_("This link does not work here. Sign in, and choose under “Settings” what you are told."))
    return found


def _rows(page: Any) -> list[dict[str, Any]]:
    return [
        {
            "href": row.path,
            "text": sentence(row.title, said_by(row.name or "", row.helper)),
            "detail": f"“{row.quote}”" if row.quote else "" if row.name else row.detail,
            "at": row.created_at,
            "person": row if row.name else None,
            "icon": _icon(row.event),
            "read": row.read_at is not None,
            "reading": url_for(".read", notification_id=row.id),
        }
        for row in page
    ]


def _icon(event_name: str) -> str:
    event = event_or_none(event_name)
    return TOPICS[event.topic].icon if event else "bell"


def _settings_page(form: TopicChoices) -> str:
    me = current_member()
    reader, until = reader_or_none(me.id), rest_until(me.id)
    topics = topics_for(me.roles)
    return render_template(
        "notifications/settings.html",
        form_=form,
        groups=[(group, list(members)) for group, members in groupby(topics, key=lambda topic: topic.group)],
        reader=reader,
        resting=until if until is not None and until > clock.now() else None,
    )
