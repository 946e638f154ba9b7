"""Projects: the client is asked and offered, people are asked for a part, and everybody hears what became of it."""

from typing import Any

from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import named

_client, _coordinator = named("client_id"), named("coordinator_id")
_worker, _team = named("worker_id"), named("coordinator_id", "workers")
_everybody = named("client_id", "coordinator_id", "workers")


def _is_for_a_review(fact: Fact) -> bool:
    return fact.get("what") == "review"


def _is_a_task(fact: Fact) -> bool:
    return fact.get("what") == "task"


def _can_be_reviewed(_: Any, project: Any) -> bool:
    return project.reviews_until is not None


EVENTS = (
    Event(
        kind="project", verb="suggest", topic="projects", tells=_client,
        title=_l("would make a project of “{title}”"),
        detail=_l("Several people, each for a part, led by one. Say yes or no; nothing is agreed by that."),
        place="project", action=_l("Read the suggestion"),
    ),
    Event(
        kind="project", verb="reminded", variant="review", topic="reminders", tells=named("owner_ids"),
        when=_is_for_a_review,
        alone=_l("How was the project? Your words on “{title}” are missing"),
        detail=_l("Nobody reads them before all of you have written, or {until} is over."), quotes=False,
        place="project_review_form", action=_l("Write a review"), holds=_can_be_reviewed,
    ),
    Event(
        kind="project", verb="publish_reviews", topic="reviews", tells=named("told_ids"),
        alone=_l("What all of you said of the project “{title}” is out"),
        detail=_l("Everybody in it can read it now."), quotes=False,
        place="project", action=_l("Read it"),
    ),
    Event(
        kind="project", verb="reminded", topic="projects", tells=named("owner_ids"),
        alone=_l("The project “{title}” waits for you"),
        detail=_l("You have until {until}."), quotes=False,
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="consent", topic="projects", tells=_coordinator,
        title=_l("lets you plan “{title}”"),
        detail=_l("Split it into roles and find the people; then make one offer."),
        place="project", action=_l("Plan it"),
    ),
    Event(
        kind="project", verb="decline", topic="projects", tells=_coordinator,
        title=_l("wants no project of “{title}”"),
        place="project", action=_l("Read why"),
    ),
    Event(
        kind="project", verb="ask", topic="projects", tells=_worker,
        title=_l("asks you to take a part: “{role}” in “{title}”"),
        detail=_l("If you say yes, it is agreed as soon as the client takes the whole offer."),
        place="projects", action=_l("Read your part"),
    ),
    Event(
        kind="project", verb="say_yes", topic="projects", tells=_coordinator,
        title=_l("stands by the part “{role}” in “{title}”"),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="say_no", topic="projects", tells=_coordinator,
        title=_l("says no to the part “{role}” in “{title}”"),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="offer", topic="projects", tells=_client,
        title=_l("makes you an offer: “{title}”"),
        detail=_l("Everybody in it stands by their part. Take it, or say what should be different."),
        place="project", action=_l("Read the offer"),
    ),
    Event(
        kind="project", verb="offer_change", topic="projects", tells=_client,
        title=_l("suggests a change to “{title}”"),
        detail=_l("It counts when you agree to it; until then everything goes on as it is."),
        place="project", action=_l("Read the change"),
    ),
    Event(
        kind="project", verb="counter", topic="projects", tells=_coordinator,
        title=_l("wants something different in “{title}”"),
        place="project", action=_l("Read what"),
    ),
    Event(
        kind="project", verb="counter_change", topic="projects", tells=_coordinator,
        title=_l("does not agree to the change of “{title}”"),
        place="project", action=_l("Read why"),
    ),
    Event(
        kind="project", verb="unanswered", topic="projects", tells=named("client_id", "coordinator_id"),
        alone=_l("The offer for “{title}” was not answered in time"),
        detail=_l("Nothing was agreed. Another offer can follow."), quotes=False,
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="accept", topic="projects", tells=_team,
        title=_l("took the offer: “{title}” begins"),
        detail=_l("Each part has an agreement of its own now. Say so there when you begin."),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="accept_change", topic="projects", tells=_team,
        title=_l("agreed to the change of “{title}”"),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="replace", variant="worker", topic="projects", tells=_worker,
        title=_l("looks for somebody else for “{role}” in “{title}”"),
        detail=_l("What was accepted stays yours, and so do your agreement and its reviews."),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="replace", topic="projects", tells=_client,
        title=_l("looks for somebody else for “{role}” in “{title}”"),
        detail=_l("Whoever comes next begins when you agree to it."),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="write", variant="yours", topic="projects", tells=named("for_id"),
        title=_l("has something for you to do in “{title}”"),
        place="project_tasks", action=_l("See what"),
    ),
    Event(
        kind="project", verb="write", variant="task", topic="projects", tells=named("told_ids"), when=_is_a_task,
        title=_l("put something to do into the project “{title}”"),
        place="project_tasks", action=_l("See what"), gathers=True,
    ),
    Event(
        kind="project", verb="write", topic="projects", tells=named("told_ids"),
        title=_l("wrote into the project “{title}”"),
        place="project_talk", action=_l("Read it"), gathers=True,
    ),
    Event(
        kind="project", verb="pause", topic="projects", tells=_team,
        title=_l("lets the project “{title}” rest"),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="resume", topic="projects", tells=_team,
        title=_l("goes on with the project “{title}”"), alone=_l("The project “{title}” goes on"),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="finish", topic="projects", tells=_team,
        title=_l("finished the project “{title}”"),
        detail=_l("Thank you. Say how it was: your agreement, and the project as a whole."),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="lapse", topic="projects", tells=_coordinator,
        alone=_l("The client did not say whether “{title}” may become a project"),
        detail=_l("The gig goes on by itself."), quotes=False,
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="abandon", topic="projects", tells=named("client_id", "coordinator_id"),
        alone=_l("No offer was made in time: there is no project “{title}”"),
        detail=_l("The gig goes on by itself."), quotes=False,
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="give_up", topic="projects", tells=_client,
        title=_l("gave the project “{title}” up"),
        place="project", action=_l("Read why"),
    ),
    Event(
        kind="project", verb="end", topic="projects", tells=_team,
        title=_l("ended the project “{title}”"),
        detail=_l("What was accepted stays paid."),
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="dissolve", topic="projects", tells=_everybody,
        alone=_l("The project “{title}” is over"),
        detail=_l("Somebody it depends on has left the marketplace."), quotes=False,
        place="project", action=_l("See the project"),
    ),
    Event(
        kind="project", verb="unled", variant="client", topic="projects", tells=_client,
        alone=_l("Nobody leads “{title}” any more"),
        detail=_l("What is agreed goes on by itself. Ask somebody to lead the project on."), quotes=False,
        place="project", action=_l("Choose who leads it on"),
    ),
    Event(
        kind="project", verb="unled", topic="projects", tells=_coordinator,
        alone=_l("Hand the project “{title}” over"),
        detail=_l("Your term is over, or you cannot act here for a time. Until somebody takes it on, it stays with you."),
        quotes=False, place="project", action=_l("See the project"),
    ),
    Event(
        kind="handover", verb="ask", topic="projects", tells=named("successor_id"),
        title=_l("asks you to lead the project “{title}”"),
        detail=_l("Nothing changes before you say yes."),
        place="project", at="project_id", action=_l("Read what it is about"),
    ),
    Event(
        kind="handover", verb="reminded", topic="projects", tells=named("successor_id"),
        alone=_l("You are asked to lead the project “{title}”"),
        detail=_l("You have until {until}."), quotes=False,
        place="project", at="project_id", action=_l("Read what it is about"),
    ),
    Event(
        kind="handover", verb="take_on", topic="projects", tells=named("client_id", "before_id", "workers"),
        title=_l("leads the project “{title}” from now on"),
        detail=_l("Every agreement stays as it is."), quotes=False,
        place="project", at="project_id", action=_l("See the project"),
    ),
    Event(
        kind="handover", verb="decline", topic="projects", tells=named("asked_by"),
        title=_l("does not lead the project “{title}” on"),
        place="project", at="project_id", action=_l("Ask somebody else"),
    ),
    Event(
        kind="handover", verb="lapse", topic="projects", tells=named("asked_by"),
        alone=_l("Nobody has said yet that they lead “{title}” on"),
        detail=_l("Whoever was asked did not answer in time. Ask them again, or somebody else."), quotes=False,
        place="project", at="project_id", action=_l("See the project"),
    ),
)  # fmt: skip
