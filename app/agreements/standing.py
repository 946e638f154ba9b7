"""Where an agreement stands for whoever looks: what now, whose turn it is, until when, and the steps they can take."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.agreements.models import Agreement
from app.agreements.states import AGREEMENT, OUTCOMES
from app.core.wording import day
from app.profiles.people import Person
from tenants.context import tenant

_INSTANT = timedelta(microseconds=1)

#: The way that every agreement goes, for the stepper: a label and the states at that step.
STAGES = (
    ("Terms", ("proposed", "countered")),
    ("Agreed", ("agreed", "awaiting_release")),
    ("At work", ("active", "paused")),
    ("Handed over", ("delivered", "changes_requested")),
    ("Accepted", ("accepted", "resolved")),
    ("Reviewed", ("reviewed",)),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page says on top. `steps` are names of steps, the first is the one to take."""

    title: str
    text: str = ""
    until: str = ""
    steps: tuple[str, ...] = ()
    is_theirs: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What the words depend on: the agreement, both sides, who looks (`side`: client, worker or leader)."""

    agreement: Agreement
    client: Person
    worker: Person
    side: str
    today: date

    @property
    def other(self) -> str:
        """Return the first name of the other side."""
        return (self.worker if self.side == "client" else self.client).first_name

    @property
    def is_asked(self) -> bool:
        """Whether whoever looks is the side that is waited for."""
        sides = {"client": self.agreement.client_id, "worker": self.agreement.worker_id}
        return self.agreement.asked_id is not None and sides.get(self.side) == self.agreement.asked_id

    @property
    def last_day(self) -> str:
        """Return the last day of the waiting as people name it, or nothing."""
        deadline = self.agreement.deadline_at
        return last_day(deadline, self.today) if deadline else ""


def standing_of(scene: Scene) -> Standing:
    """Return where an agreement stands for whoever looks."""
    if scene.side == "leader":
        return _for_leader(scene)
    return _WORDS[scene.agreement.state](scene)


def last_day(moment: datetime, today: date) -> str:
    """Return the last day before a moment that ends one: the end of Friday is “Friday”'s."""
    return day((moment.astimezone(ZoneInfo(tenant.time_zone)) - _INSTANT).date(), today)


def stage_of(agreement: Agreement, facts: list[Any]) -> tuple[int, bool]:
    """Return the position on `STAGES` (from 1), and whether something went wrong there."""
    state, wrong = agreement.state, agreement.state in ("cancelled", "disputed")
    if wrong:
        # Where it stood when it was broken off.
        state = next((fact.from_state for fact in reversed(facts) if fact.to_state == state), state)
        state = "active" if state == "disputed" else state
    position = next((at for at, (_, states) in enumerate(STAGES, start=1) if state in states), 1)
    # The last step is done, not under way.
    return (position + 1 if state == "reviewed" else position), wrong


def _talked_about(scene: Scene) -> Standing:
    agreement, name = scene.agreement, scene.other
    if scene.is_asked:
        title = f"{name} offers you the gig" if agreement.round == 1 else f"{name} suggests these terms"
        text = "Nothing is agreed until you both stand by the same terms. Agree, suggest others, or say no."
        return Standing(title, text, f"Open until {scene.last_day}", ("agree", "counter", "decline"))
    text = f"You hear as soon as {name} agrees, suggests other terms or says no."
    return Standing(f"Waiting for {name}", text, f"{name} has until {scene.last_day}", ("retract",), is_theirs=True)


def _agreed(scene: Scene) -> Standing:
    until = f"If nobody begins by {scene.last_day}, it is called off"
    if scene.side == "worker":
        return Standing("Agreed. It's yours", "Say so when you begin.", until, ("start", "cancel"))
    text = f"{scene.other} begins next. You can also say that work has begun."
    return Standing("Agreed", text, until, ("start", "cancel"), is_theirs=True)


def _awaiting_release(scene: Scene) -> Standing:
    until = f"If it is not given by {scene.last_day}, this is called off"
    return Standing("Waiting for a manager's consent", "Work begins when it is given.", until, ("cancel",), True)


def _active(scene: Scene) -> Standing:
    if scene.side == "worker":
        return Standing(
            "You are at work",
            "Hand it over here when it is ready.",
            _due(scene),
            ("deliver", "pause", "dispute", "cancel"),
        )
    steps = ("pause", "dispute", "cancel")
    return Standing(
        f"{scene.other} is at work", "You are told when something is handed over.", _due(scene), steps, True
    )


def _paused(scene: Scene) -> Standing:
    agreement = scene.agreement
    back = f"To go on around {day(agreement.resume_on, scene.today)}" if agreement.resume_on else ""
    title = "You paused it" if scene.is_asked else f"{scene.other} paused it"
    return Standing(title, f"“{agreement.reason}”", back, ("resume", "dispute", "cancel"), not scene.is_asked)


def _delivered(scene: Scene) -> Standing:
    if scene.side == "client":
        until = f"Counts as accepted after {scene.last_day} if you say nothing"
        text = "Accept it, or say what is still missing."
        steps = ("accept", "request_changes", "dispute", "cancel")
        return Standing(f"Look at what {scene.other} handed over", text, until, steps)
    until = f"Counts as accepted after {scene.last_day} if there is no answer"
    return Standing(f"{scene.other} looks at your work", "", until, ("dispute", "cancel"), is_theirs=True)


def _changes_requested(scene: Scene) -> Standing:
    if scene.side == "worker":
        text = f"What {scene.other} said is below. Hand it over again when it is mended."
        return Standing(f"{scene.other} asks for changes", text, steps=("deliver", "dispute", "cancel"))
    text = "You are told when it is handed over again."
    return Standing(f"{scene.other} makes the changes", text, steps=("dispute", "cancel"), is_theirs=True)


def _accepted(scene: Scene) -> Standing:
    text = f"Say how it was with {scene.other}. Neither of you reads the other's words before both have written."
    return Standing("The work is done", text, f"Reviews until {scene.last_day}", ("review",))


def _reviewed(scene: Scene) -> Standing:
    return Standing("Finished", "What you said of each other is below.", is_theirs=True)


def _cancelled(scene: Scene) -> Standing:
    agreement = scene.agreement
    names = {agreement.client_id: scene.client, agreement.worker_id: scene.worker}
    who = names.get(agreement.ended_by) if agreement.ended_by else None
    mine = who is not None and who is {"client": scene.client, "worker": scene.worker}[scene.side]
    if not agreement.was_agreed:
        title = "You said no" if mine else f"{who.first_name} said no" if who else "This came to nothing"
    else:
        title = "You cancelled this" if mine else f"{who.first_name} cancelled this" if who else "This was cancelled"
    return Standing(title, agreement.reason, steps=("review",) if agreement.reviews_until else (), is_theirs=True)


def _disputed(scene: Scene) -> Standing:
    text = f"“{scene.agreement.reason}” You can both still write to each other; what a leader decides comes here."
    return Standing("A leader looks at this", text, f"To be settled by {scene.last_day}", is_theirs=True)


def _resolved(scene: Scene) -> Standing:
    title = OUTCOMES.get(scene.agreement.outcome or "", "Settled")
    return Standing(title, scene.agreement.reason, steps=("review",))


def _for_leader(scene: Scene) -> Standing:
    agreement = scene.agreement
    if agreement.state != "disputed":
        return Standing(AGREEMENT.labels[agreement.state], agreement.reason, is_theirs=True)
    title = f"{scene.client.first_name} and {scene.worker.first_name} need your word"
    return Standing(title, f"“{agreement.reason}”", f"Until {scene.last_day}; then it ends unfinished", ("resolve",))


def _due(scene: Scene) -> str:
    if scene.agreement.due_on is None:
        return ""
    late = scene.agreement.due_on < scene.today
    return f"{'Was due' if late else 'Due'} {day(scene.agreement.due_on, scene.today)}"


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
