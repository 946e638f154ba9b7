"""Where a project stands for whoever looks: what now, whose turn it is, and the steps they can take."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.agreements.scene import last_day
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.projects.models import Offer, Project, Role
from app.projects.models.cast import Cast


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page says on top. `steps` are names of steps, the first is the one to take."""

    title: str
    text: str = ""
    until: str = ""
    steps: tuple[str, ...] = ()
    is_theirs: bool = False


def standing_of(
    project: Project, side: str, cast: Cast, offer: Offer | None, known: dict[Any, Any], today: date
) -> Standing:
    """Return where a project stands for its `client`, its `coordinator`, whoever plays a role (`worker`) or
    did (`former`), or led it before (`led`).
    """
    until = _("Until %(last_day)s", last_day=last_day(project.deadline_at, today)) if project.deadline_at else ""
    names = {
        "client": known[project.client_id].first_name,
        "coordinator": known[project.coordinator_id].first_name,
    }
    if project.state in ("finished", "ended"):
        return Standing(_over(project), project.reason, is_theirs=True)
    elif side == "former":
        text = _("Your agreement and what was written until then stay yours. What came afterwards is the others'.")
        return Standing(_("Somebody else goes on with your part"), text, is_theirs=True)
    elif side == "led":
        text = _("What was written while you led it stays yours to read. What came afterwards is the others'.")
        return Standing(_("You have led this project"), text, is_theirs=True)
    elif side == "client":
        return _for_client(project, cast, offer, names["coordinator"], until)
    elif side == "coordinator":
        return _for_coordinator(project, cast.roles, offer, names["client"], until)
    elif side == "successor":
        return Standing(_("You are asked to lead this project"), is_theirs=True)
    else:
        return _for_worker(project, names["coordinator"])


def _over(project: Project) -> str:
    return _("The project is finished") if project.state == "finished" else _("This project has ended")


def _for_client(project: Project, cast: Cast, offer: Offer | None, name: str, until: str) -> Standing:
    if project.state == "suggested":
        return Standing(
            _("%(name)s would make a project of your gig", name=name),
            project.note
            or _("Several people, each for a part, led by %(name)s. You get one offer for all of it.", name=name),
            until,
            ("consent", "decline"),
        )
    elif offer is not None and project.state != "paused":
        is_first = project.accepted_at is None
        title = _("%(name)s makes you an offer", name=name) if is_first else _("%(name)s suggests a change", name=name)
        return Standing(
            title,
            _(
                "Everybody in it stands by their part. Take it, and all of it is agreed at once; or say what should differ."
            ),
            until,
            ("accept", "counter"),
        )
    elif project.state == "planning":
        text = _("You are told when there is an offer. Until you take it, nothing is agreed with anybody.")
        return Standing(_("%(name)s plans your project", name=name), text, steps=("end",), is_theirs=True)
    elif project.state == "paused":
        return Standing(_("The project rests"), f"“{project.reason}”", steps=("resume", "end"))
    elif any(cast.held(role) is not None for role in cast.roles):
        text = _("What is handed over waits for you on its own agreement; pay its milestones in there.")
        return Standing(_("The work is under way"), text, steps=("rest", "end"), is_theirs=True)
    else:
        return Standing(
            _("Nobody is at work any more"), _("If everything is there, finish it."), steps=("finish", "end")
        )


def _for_coordinator(project: Project, roles: list[Role], offer: Offer | None, name: str, until: str) -> Standing:
    if project.state == "suggested":
        return Standing(
            _("Waiting for %(name)s", name=name),
            _("You plan as soon as they say yes."),
            until,
            ("give_up",),
            is_theirs=True,
        )
    elif offer is not None:
        steps = ("take_back",) if project.accepted_at else ("take_back", "give_up")
        return Standing(
            _("%(name)s has your offer", name=name), _("You hear as soon as they answer."), until, steps, True
        )
    ready = sum(role.is_ready for role in roles)
    early = () if project.accepted_at else ("give_up",)
    if project.state == "paused":
        return Standing(_("The project rests"), f"“{project.reason}”", is_theirs=True)
    elif ready:
        title = ngettext("%(num)s person stands by their part", "%(num)s people stand by their parts", ready)
        return Standing(title, _("Put it to %(name)s as one offer.", name=name), steps=("offer", "add_role", *early))
    elif not roles:
        text = _("Split it into roles: each becomes a gig that members find, in any category.")
        return Standing(_("%(name)s said yes: plan it", name=name), text, steps=("add_role", *early))
    elif project.state == "running":
        text = _("Add a role, or let somebody else take one on: the client agrees to every change.")
        return Standing(_("The work is under way"), text, steps=("add_role",), is_theirs=True)
    text = _("Open the roles, answer whoever raises a hand, and put a part to them.")
    return Standing(_("Find people for the roles"), text, steps=("add_role", *early))


def _for_worker(project: Project, name: str) -> Standing:
    if project.state == "paused":
        return Standing(_("The project rests"), f"“{project.reason}”", is_theirs=True)
    elif project.state == "running":
        text = _("Your own part is on its agreement. What concerns everybody is here.")
        return Standing(_("The work is under way"), text, is_theirs=True)
    text = _("Nothing is agreed until the client takes the whole offer.")
    return Standing(_("%(name)s puts the offer together", name=name), text, is_theirs=True)
