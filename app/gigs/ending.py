"""Steps that ask why first: each has a page that says what will happen, and a form on it that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core.languages import lazy_gettext as _l
from app.gigs.blueprint import blueprint
from app.gigs.forms import Reason
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.gigs.models.moves import Person
from app.gigs.returning import ReturnReason, words_of
from app.gigs.reviewing import to_queue
from app.gigs.states import GIG
from app.policies import REMOVE_GIG, REVIEW_GIG, RUN_GIG


@dataclass(frozen=True, slots=True)
class Ending:
    """One such step: its words, and the verb that it asks about."""

    verb: str
    title: str
    text: str
    label: str
    done: str
    keep: str
    hint: str
    do: Callable[[Gig, Person, str], None]
    kind: str = "primary"
    form: type[Reason] = Reason


PAUSE = Ending(
    verb="pause",
    title=_l("Pause this gig?"),
    text=_l(
        "It leaves the lists and nobody can apply until you resume it. Who applied already keeps "
        "their place in the queue."
    ),
    label=_l("Pause it"),
    done=_l("Your gig rests."),
    keep=_l("Keep it live"),
    hint=_l("People who open its page read this: “Back from holiday on the 12th”."),
    do=lambda gig, by, why: gig.pause(by=by, why=why),
)
CLOSURE = Ending(
    verb="close",
    title=_l("Close this gig?"),
    text=_l(
        "It ends for good. Everybody who still waits for an answer gets one, with your words. "
        "Agreements that stand go on."
    ),
    label=_l("Close it"),
    done=_l("Your gig has closed."),
    keep=_l("Keep it"),
    hint=_l("“We found somebody”, “We do it ourselves now”."),
    do=lambda gig, by, why: gig.close(by=by, why=why),
    kind="danger",
)
REMOVAL = Ending(
    verb="remove",
    title=_l("Take this gig down?"),
    text=_l("Nobody but its author and the moderators sees it any more. Its author is told why, in your words."),
    label=_l("Take it down"),
    done=_l("The gig is down."),
    keep=_l("Leave it"),
    hint=_l("Name the rule that it breaks."),
    do=lambda gig, by, why: gig.remove(by=by, why=why),
    kind="danger",
)
RETURN = Ending(
    verb="return",
    title=_l("Hand it back to its author?"),
    text=_l("It becomes a draft again. Its author reads your words, can mend it and send it again."),
    label=_l("Hand it back"),
    done=_l("Handed back."),
    keep=_l("Not yet"),
    hint=_l("Say what is missing or what does not fit, so that it can be mended."),
    do=lambda gig, by, why: gig.hand_back(by=by, why=why),
    form=ReturnReason,
)
RETURN_EDIT = Ending(
    verb="return_edit",
    title=_l("Turn these changes down?"),
    text=_l("The gig stays as it is. Its author reads your words and can propose something else."),
    label=_l("Turn them down"),
    done=_l("The changes are turned down."),
    keep=_l("Not yet"),
    hint=_l("Say what does not fit."),
    do=lambda gig, by, why: gig.hand_back_edit(by=by, why=why),
    form=ReturnReason,
)


def _offer(ending: Ending, path: str, name: str, permission: str) -> None:
    """Hang the two views of a step: the page that asks, and what it does."""

    @authorized(permission, load=gig_or_404)
    def confirm(gig: Gig) -> str:
        if ending.verb in _VERBS:
            GIG.transition(gig.state, ending.verb)
        return _page(ending, gig, ending.form(formdata=None), name)

    @authorized(permission, load=gig_or_404)
    def act(gig: Gig) -> Any:
        form = ending.form()
        if not form.validate_on_submit():
            return _page(ending, gig, form, name), 422
        ending.do(gig, current_member(), words_of(form))
        return _done(ending, gig)

    rule = f"/gigs/<uuid:gig_id>/{path}"
    blueprint.add_url_rule(rule, f"confirm_{name}", confirm, methods=["GET"])
    blueprint.add_url_rule(rule, name, act, methods=["POST"])


def _page(ending: Ending, gig: Gig, form: Reason, name: str) -> str:
    form.why.description = ending.hint
    return render_template(
        "gigs/ending.html",
        ending=ending,
        gig=gig,
        form=form,
        action=url_for(f".{name}", gig_id=gig.id),
        back=url_for(".show", gig_id=gig.id),
    )


def _done(ending: Ending, gig: Gig) -> Response:
    flash(ending.done)
    is_gone = gig.state in ("draft", "removed") and gig.author_id != current_member().id
    return to_queue(gig) if is_gone else redirect(url_for(".show", gig_id=gig.id))


_VERBS = {row.verb for row in GIG.transitions}

_offer(PAUSE, "pause", "pause", RUN_GIG)
_offer(CLOSURE, "closure", "closure", RUN_GIG)
_offer(REMOVAL, "removal", "removal", REMOVE_GIG)
_offer(RETURN, "return", "hand_back", REVIEW_GIG)
_offer(RETURN_EDIT, "edit/return", "hand_back_edit", REVIEW_GIG)
