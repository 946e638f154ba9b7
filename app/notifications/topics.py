"""What members can choose about: a topic gathers the events that matter to a person for one reason."""

from dataclasses import dataclass
from typing import Literal

from app.core.languages import lazy_gettext as _l

Channel = Literal["app", "email"]

CHANNELS: dict[Channel, str] = {"app": _l("Here"), "email": _l("E-mail")}

_DESK = ("leader", "admin", "moderator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """`why` goes on after “You get this because”; `channels` are on until the member says otherwise. `icon` stands where
    nobody's face does.

    A topic with `roles` concerns nobody else.
    """

    slug: str
    group: str
    label: str
    note: str
    why: str
    icon: str
    channels: tuple[Channel, ...] = ("app", "email")
    roles: tuple[str, ...] = ()


_TOPICS = (
    Topic(
        slug="hands",
        group=_l("Gigs"),
        label=_l("Raised hands"),
        note=_l("Somebody applies for your gig, or steps back."),
        why=_l("you posted this gig."),
        icon="people",
    ),
    Topic(
        slug="own_gigs",
        group=_l("Gigs"),
        label=_l("Your gigs"),
        note=_l("One is approved, handed back, runs out or is taken down."),
        why=_l("you posted this gig."),
        icon="gigs",
    ),
    Topic(
        slug="calls",
        group=_l("Gigs"),
        label=_l("Gigs that look for you"),
        note=_l("Somebody asks you whether theirs is for you, or one that nobody has taken yet may suit you."),
        why=_l("you are a member here, and this gig looks for somebody."),
        icon="people",
    ),
    Topic(
        slug="answers",
        group=_l("Gigs"),
        label=_l("Answers to your raised hand"),
        note=_l("You are short-listed, or answered; or the gig has changed meanwhile."),
        why=_l("you raised your hand for this gig."),
        icon="gigs",
    ),
    Topic(
        slug="alerts",
        group=_l("Gigs"),
        label=_l("Alerts"),
        note=_l("A search that you saved has found a new gig. How often, you say with each alert."),
        why=_l("you asked to be told of new gigs."),
        icon="bell",
    ),
    Topic(
        slug="terms",
        group=_l("Work you agree on"),
        label=_l("Offers and terms"),
        note=_l("Somebody offers you a gig, proposes other terms, agrees, or does not."),
        why=_l("you are one of the two who settle this."),
        icon="swap",
    ),
    Topic(
        slug="work",
        group=_l("Work you agree on"),
        label=_l("The work"),
        note=_l("It begins, rests, goes on; something is handed over, accepted or should change."),
        why=_l("you are one of the two who agreed on this."),
        icon="work",
    ),
    Topic(
        slug="projects",
        group=_l("Work you agree on"),
        label=_l("Projects"),
        note=_l("A project is suggested, offered, changed or ended; somebody takes a part, or writes into it."),
        why=_l("you are in this project, or asked to be."),
        icon="people",
    ),
    Topic(
        slug="money",
        group=_l("Work you agree on"),
        label=_l("Payments"),
        note=_l("Something is paid in, on its way to you, going back, or disputed at a bank."),
        why=_l("you are one of those whom this payment is about."),
        icon="swap",
    ),
    Topic(
        slug="trouble",
        group=_l("Work you agree on"),
        label=_l("Cancellations and disputes"),
        note=_l("Something agreed is cancelled, disputed or settled."),
        why=_l("you are one of the two who agreed on this."),
        icon="warning",
    ),
    Topic(
        slug="reviews",
        group=_l("Work you agree on"),
        label=_l("Reviews"),
        note=_l("Somebody wrote about working with you."),
        why=_l("you worked on this together."),
        icon="star",
    ),
    Topic(
        slug="vouches",
        group=_l("Work you agree on"),
        label=_l("Words for you"),
        note=_l("Somebody thanks you, vouches for you, or endorses what you can do. You decide whether it is shown."),
        why=_l("the words are about you."),
        icon="person",
    ),
    Topic(
        slug="messages",
        group=_l("Messages and reminders"),
        label=_l("Messages"),
        note=_l("Somebody writes to you. An e-mail comes after ten minutes, with what you have not read by then."),
        why=_l("somebody wrote to you here."),
        icon="message",
    ),
    Topic(
        slug="reminders",
        group=_l("Messages and reminders"),
        label=_l("Reminders"),
        note=_l("Something waits for you."),
        why=_l("this waits for you."),
        icon="clock",
    ),
    Topic(
        slug="experts",
        group=_l("Messages and reminders"),
        label=_l("Questions to experts"),
        note=_l("Somebody asks in a field that you know, or what you asked is answered."),
        why=_l("you asked, or are one of those who are asked."),
        icon="message",
    ),
    Topic(
        slug="membership",
        group=_l("The marketplace"),
        label=_l("Your membership"),
        note=_l("A welcome, a new role, an answer to what you reported, a list you brought in."),
        why=_l("you are a member here."),
        icon="hall",
    ),
    Topic(
        slug="assisting",
        group=_l("The marketplace"),
        label=_l("Acting for each other"),
        note=_l(
            "Somebody may act for you, or you for them: it is asked for, answered or over; and whatever is done for you."
        ),
        why=_l("you act for somebody here, or somebody acts for you."),
        icon="people",
    ),
    Topic(
        slug="decisions",
        group=_l("The marketplace"),
        label=_l("Decisions about you"),
        note=_l("A moderator decides something about you, or answers your appeal."),
        why=_l("the decision is about you."),
        icon="flag",
    ),
    Topic(
        slug="rules",
        group=_l("The marketplace"),
        label=_l("New rules"),
        note=_l("The terms or guidelines have changed."),
        why=_l("you are a member here, and the rules are for everybody."),
        icon="file",
    ),
    Topic(
        slug="guests",
        group=_l("The marketplace"),
        label=_l("People you invited"),
        note=_l("Somebody joins on your invitation."),
        why=_l("you invited them."),
        channels=("app",),
        roles=_DESK,
        icon="person",
    ),
    Topic(
        slug="requests",
        group=_l("What you look after"),
        label=_l("Requests to join"),
        note=_l("Somebody asks to be let in."),
        why=_l("you decide here who may join."),
        roles=("leader", "admin"),
        icon="person",
    ),
    Topic(
        slug="queue",
        group=_l("What you look after"),
        label=_l("Gigs to look at"),
        note=_l("A gig, or a change of one, waits for your approval."),
        why=_l("you look after what is posted here."),
        roles=(*_DESK, "category_leader"),
        icon="eye",
    ),
    Topic(
        slug="reports",
        group=_l("What you look after"),
        label=_l("Reports and disputes"),
        note=_l("Somebody reports something, or two people ask for somebody neutral."),
        why=_l("you look after what happens here."),
        roles=_DESK,
        icon="flag",
    ),
    Topic(
        slug="plan",
        group=_l("What you look after"),
        label=_l("The marketplace's plan"),
        note=_l("It could not be paid, rests, or is paid again."),
        why=_l("you lead this marketplace."),
        roles=("leader",),
        icon="file",
    ),
)

TOPICS = {topic.slug: topic for topic in _TOPICS}


def topics_for(roles: frozenset[str]) -> list[Topic]:
    """Return the topics that concern somebody with these roles, in the order of the page."""
    return [topic for topic in _TOPICS if not topic.roles or not roles.isdisjoint(topic.roles)]
