"""What members can choose about: a topic gathers the events that matter to a person for one reason."""

from dataclasses import dataclass
from typing import Literal

Channel = Literal["app", "email"]

CHANNELS: dict[Channel, str] = {"app": "Here", "email": "E-mail"}

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
        group="Gigs",
        label="Raised hands",
        note="Somebody applies for your gig, or steps back.",
        why="you posted this gig.",
        icon="people",
    ),
    Topic(
        slug="own_gigs",
        group="Gigs",
        label="Your gigs",
        note="One is approved, handed back, runs out or is taken down.",
        why="you posted this gig.",
        icon="gigs",
    ),
    Topic(
        slug="answers",
        group="Gigs",
        label="Answers to your raised hand",
        note="You are short-listed, or answered; or the gig has changed meanwhile.",
        why="you raised your hand for this gig.",
        icon="gigs",
    ),
    Topic(
        slug="terms",
        group="Work you agree on",
        label="Offers and terms",
        note="Somebody offers you a gig, proposes other terms, agrees, or does not.",
        why="you are one of the two who settle this.",
        icon="swap",
    ),
    Topic(
        slug="work",
        group="Work you agree on",
        label="The work",
        note="It begins, rests, goes on; something is handed over, accepted or should change.",
        why="you are one of the two who agreed on this.",
        icon="work",
    ),
    Topic(
        slug="trouble",
        group="Work you agree on",
        label="Cancellations and disputes",
        note="Something agreed is cancelled, disputed or settled.",
        why="you are one of the two who agreed on this.",
        icon="warning",
    ),
    Topic(
        slug="reviews",
        group="Work you agree on",
        label="Reviews",
        note="Somebody wrote about working with you.",
        why="you worked on this together.",
        icon="star",
    ),
    Topic(
        slug="messages",
        group="Messages and reminders",
        label="Messages",
        note="Somebody writes to you. An e-mail comes after ten minutes, with what you have not read by then.",
        why="somebody wrote to you here.",
        icon="message",
    ),
    Topic(
        slug="reminders",
        group="Messages and reminders",
        label="Reminders",
        note="Something waits for you.",
        why="this waits for you.",
        icon="clock",
    ),
    Topic(
        slug="membership",
        group="The marketplace",
        label="Your membership",
        note="A welcome, a new role, an answer to what you reported, a list you brought in.",
        why="you are a member here.",
        icon="hall",
    ),
    Topic(
        slug="rules",
        group="The marketplace",
        label="New rules",
        note="The terms or guidelines have changed.",
        why="you are a member here, and the rules are for everybody.",
        icon="file",
    ),
    Topic(
        slug="guests",
        group="The marketplace",
        label="People you invited",
        note="Somebody joins on your invitation.",
        why="you invited them.",
        channels=("app",),
        roles=_DESK,
        icon="person",
    ),
    Topic(
        slug="requests",
        group="What you look after",
        label="Requests to join",
        note="Somebody asks to be let in.",
        why="you decide here who may join.",
        roles=("leader", "admin"),
        icon="person",
    ),
    Topic(
        slug="queue",
        group="What you look after",
        label="Gigs to look at",
        note="A gig, or a change of one, waits for your approval.",
        why="you look after what is posted here.",
        roles=(*_DESK, "category_leader"),
        icon="eye",
    ),
    Topic(
        slug="reports",
        group="What you look after",
        label="Reports and disputes",
        note="Somebody reports something, or two people ask for somebody neutral.",
        why="you look after what happens here.",
        roles=_DESK,
        icon="flag",
    ),
)

TOPICS = {topic.slug: topic for topic in _TOPICS}


def topics_for(roles: frozenset[str]) -> list[Topic]:
    """Return the topics that concern somebody with these roles, in the order of the page."""
    return [topic for topic in _TOPICS if not topic.roles or not roles.isdisjoint(topic.roles)]
