"""Where an agreement stands for whoever looks: what now, whose turn it is, until when, and the steps they can take."""

from collections.abc import Callable
from dataclasses import dataclass

from app.agreements.scene import Scene
from app.agreements.states import AGREEMENT, OUTCOMES
from app.core.languages import gettext as _
from app.core.wording import day


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page says on top. `steps` are names of steps, the first is the one to take."""

    title: str
    text: str = ""
    until: str = ""
    steps: tuple[str, ...] = ()
    is_theirs: bool = False


def standing_of(scene: Scene) -> Standing:
    """Return where an agreement stands for whoever looks."""
    if scene.side == "leader":
        return _for_leader(scene)
    return _WORDS[scene.agreement.state](scene)


def _talked_about(scene: Scene) -> Standing:
    agreement, name = scene.agreement, scene.other
    if scene.is_asked:
        title = (
            _("%(name)s offers you the gig", name=name)
            if agreement.round == 1
            else _("%(name)s suggests these terms", name=name)
        )
        text = _("Nothing is agreed until you both stand by the same terms. Agree, suggest others, or say no.")
        return Standing(
            title, text, _("Open until %(last_day)s", last_day=scene.last_day), ("agree", "counter", "decline")
        )
    text = _("You hear as soon as %(name)s agrees, suggests other terms or says no.", name=name)
    return Standing(
        _("Waiting for %(name)s", name=name),
        text,
        _("%(name)s has until %(last_day)s", name=name, last_day=scene.last_day),
        ("retract",),
        is_theirs=True,
    )


def _agreed(scene: Scene) -> Standing:
    until = _("If nobody begins by %(last_day)s, it is called off", last_day=scene.last_day)
    if scene.side == "worker":
        return Standing(_("Agreed. It's yours"), _("Say so when you begin."), until, ("start", "cancel"))
    text = _("%(other)s begins next. You can also say that work has begun.", other=scene.other)
    return Standing(_("Agreed"), text, until, ("start", "cancel"), is_theirs=True)


def _awaiting_release(scene: Scene) -> Standing:
    until = _("If it is not given by %(last_day)s, this is called off", last_day=scene.last_day)
    return Standing(_("Waiting for a manager's consent"), _("Work begins when it is given."), until, ("cancel",), True)


def _active(scene: Scene) -> Standing:
    if scene.side == "worker":
        return Standing(
            _("You are at work"),
            _("Hand it over here when it is ready."),
            _due(scene),
            ("deliver", "pause", "dispute", "cancel"),
        )
    steps = ("pause", "dispute", "cancel")
    return Standing(
        _("%(other)s is at work", other=scene.other),
        _("You are told when something is handed over."),
        _due(scene),
        steps,
        True,
    )


def _paused(scene: Scene) -> Standing:
    agreement = scene.agreement
    back = _("To go on around %(day)s", day=day(agreement.resume_on, scene.today)) if agreement.resume_on else ""
    title = _("You paused it") if scene.is_asked else _("%(other)s paused it", other=scene.other)
    return Standing(title, f"“{agreement.reason}”", back, ("resume", "dispute", "cancel"), not scene.is_asked)


def _delivered(scene: Scene) -> Standing:
    if scene.side == "client":
        until = _("Counts as accepted after %(last_day)s if you say nothing", last_day=scene.last_day)
        text = _("Accept it, or say what is still missing.")
        steps = ("accept", "request_changes", "dispute", "cancel")
        return Standing(_("Look at what %(other)s handed over", other=scene.other), text, until, steps)
    until = _("Counts as accepted after %(last_day)s if there is no answer", last_day=scene.last_day)
    return Standing(
        _("%(other)s looks at your work", other=scene.other), "", until, ("dispute", "cancel"), is_theirs=True
    )


def _changes_requested(scene: Scene) -> Standing:
    if scene.side == "worker":
        text = _("What %(other)s said is below. Hand it over again when it is mended.", other=scene.other)
        return Standing(
            _("%(other)s asks for changes", other=scene.other), text, steps=("deliver", "dispute", "cancel")
        )
    text = _("You are told when it is handed over again.")
    return Standing(
        _("%(other)s makes the changes", other=scene.other), text, steps=("dispute", "cancel"), is_theirs=True
    )


def _accepted(scene: Scene) -> Standing:
    text = _(
        "Say how it was with %(other)s. Neither of you reads the other's words before both have written.",
        other=scene.other,
    )
    return Standing(_("The work is done"), text, _("Reviews until %(last_day)s", last_day=scene.last_day), ("review",))


def _reviewed(scene: Scene) -> Standing:
    return Standing(_("Finished"), _("What you said of each other is below."), is_theirs=True)


def _cancelled(scene: Scene) -> Standing:
    agreement = scene.agreement
    names = {agreement.client_id: scene.client, agreement.worker_id: scene.worker}
    who = names.get(agreement.ended_by) if agreement.ended_by else None
    mine = who is not None and who is {"client": scene.client, "worker": scene.worker}[scene.side]
    if who is None:
        title = _("This was cancelled") if agreement.was_agreed else _("This came to nothing")
    elif mine:
        title = _("You cancelled this") if agreement.was_agreed else _("You said no")
    elif agreement.was_agreed:
        title = _("%(first_name)s cancelled this", first_name=who.first_name)
    else:
        title = _("%(first_name)s said no", first_name=who.first_name)
    return Standing(title, agreement.reason, steps=("review",) if agreement.reviews_until else (), is_theirs=True)


def _disputed(scene: Scene) -> Standing:
    text = _(
        "“%(reason)s” You can both still write to each other; what a leader decides comes here.",
        reason=scene.agreement.reason,
    )
    return Standing(
        _("A leader looks at this"), text, _("To be settled by %(last_day)s", last_day=scene.last_day), is_theirs=True
    )


def _resolved(scene: Scene) -> Standing:
    title = OUTCOMES.get(scene.agreement.outcome or "", "Settled")
    return Standing(title, scene.agreement.reason, steps=("review",))


def _for_leader(scene: Scene) -> Standing:
    agreement = scene.agreement
    if agreement.state != "disputed":
        return Standing(AGREEMENT.labels[agreement.state], agreement.reason, is_theirs=True)
    title = _(
        "%(first_name)s and %(first_name_2)s need your word",
        first_name=scene.client.first_name,
        first_name_2=scene.worker.first_name,
    )
    return Standing(
        title,
        f"“{agreement.reason}”",
        _("Until %(last_day)s; then it ends unfinished", last_day=scene.last_day),
        ("resolve",),
    )


def _due(scene: Scene) -> str:
    if scene.agreement.due_on is None:
        return ""
    late = scene.agreement.due_on < scene.today
    last = day(scene.agreement.due_on, scene.today)
    return _("Was due %(day)s", day=last) if late else _("Due %(day)s", day=last)


_WORDS: dict[str, Callable[[Scene], Standing]] = {
    "proposed": _talked_about,
    "countered": _talked_about,
    "agreed": _agreed,
    "awaiting_release": _awaiting_release,
    "active": _active,
    "paused": _paused,
    "delivered": _delivered,
    "changes_requested": _changes_requested,
    "accepted": _accepted,
    "reviewed": _reviewed,
    "cancelled": _cancelled,
    "disputed": _disputed,
    "resolved": _resolved,
}
