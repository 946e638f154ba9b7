"""What members can choose about: a topic gathers the events that matter to a person for one reason."""

from dataclasses import dataclass
from typing import Literal

Channel = Literal["app", "email"]

CHANNELS: dict[Channel, str] = {"app": "Here, under the bell", "email": "By e-mail"}

_DESK = ("leader", "admin", "moderator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """`why` tells the reader of a mail why they got it; `channels` are on until the member says otherwise.

    A topic with `roles` concerns nobody else.
    """

    slug: str
    group: str
    label: str
    note: str
    why: str
    channels: tuple[Channel, ...] = ("app", "email")
    roles: tuple[str, ...] = ()


_TOPICS = (
    Topic(
        slug="hands",
        group="Gigs you posted",
        label="Raised hands",
        note="Somebody applies for your gig, or steps back.",
        why="You posted this gig.",
    ),
    Topic(
        slug="own_gigs",
        group="Gigs you posted",
        label="Your gigs",
        note="One is approved, handed back, runs out or is taken down.",
        why="You posted this gig.",
    ),
    Topic(
        slug="answers",
        group="Gigs you raised a hand for",
        label="Answers",
        note="You are short-listed, or answered; or the gig has changed meanwhile.",
        why="You raised your hand for this gig.",
    ),
    Topic(
        slug="terms",
        group="Work you agree on",
        label="Offers and terms",
        note="Somebody offers you a gig, proposes other terms, agrees, or does not.",
        why="You are one of the two who settle this.",
    ),
    Topic(
        slug="work",
        group="Work you agree on",
        label="The work",
        note="It begins, rests, goes on; something is handed over, accepted or should change.",
        why="You are one of the two who agreed on this.",
    ),
    Topic(
        slug="trouble",
        group="Work you agree on",
        label="Cancellations and disputes",
        note="Something agreed is cancelled, disputed or settled.",
        why="You are one of the two who agreed on this.",
    ),
    Topic(
        slug="reviews",
        group="Work you agree on",
        label="Reviews",
        note="Somebody wrote about working with you.",
        why="You worked on this together.",
    ),
    Topic(
        slug="messages",
        group="Messages",
        label="Messages",
        note="Somebody writes to you. By e-mail after ten minutes, and only what you have not read here.",
        why="Somebody in your marketplace wrote to you.",
    ),
    Topic(
        slug="reminders",
        group="Reminders",
        label="Reminders",
        note="Something waits for you.",
        why="This waits for you.",
    ),
    Topic(
        slug="membership",
        group="The marketplace",
        label="Your membership",
        note="A welcome, a new role, an answer to what you reported.",
        why="You are a member here.",
    ),
    Topic(
        slug="rules",
        group="The marketplace",
        label="New rules",
        note="The terms or guidelines have changed.",
        why="You are a member here, and the rules are for everybody.",
    ),
    Topic(
        slug="guests",
        group="The marketplace",
        label="People you invited",
        note="Somebody joins on your invitation.",
        why="You invited them.",
        channels=("app",),
        roles=_DESK,
    ),
    Topic(
        slug="requests",
        group="What you look after",
        label="Requests to join",
        note="Somebody asks to be let in.",
        why="You decide here who may join.",
        roles=("leader", "admin"),
    ),
    Topic(
        slug="queue",
        group="What you look after",
        label="Gigs to look at",
        note="A gig, or a change of one, waits for your approval.",
        why="You look after what is posted here.",
        roles=(*_DESK, "category_leader"),
    ),
    Topic(
        slug="reports",
        group="What you look after",
        label="Reports and disputes",
        note="Somebody reports something, or two people ask for somebody neutral.",
        why="You look after what happens here.",
        roles=_DESK,
    ),
)

TOPICS = {topic.slug: topic for topic in _TOPICS}


def topics_for(roles: frozenset[str]) -> list[Topic]:
    """Return the topics that concern somebody with these roles, in the order of the page."""
    return [topic for topic in _TOPICS if not topic.roles or not roles.isdisjoint(topic.roles)]
