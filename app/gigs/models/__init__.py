"""The gig, its skills and its edits. One verb is one change of state, under a lock, with one fact written down."""

from app.gigs.models.columns import (
    AUDIENCES,
    DIRECTIONS,
    EFFORT_SPANS,
    GIG_KINDS,
    PAY_KINDS,
    SETTLEMENTS,
)
from app.gigs.models.edits import GigEdit
from app.gigs.models.failures import (
    AlreadyDecided,
    DueDatePassed,
    GigClosed,
    NoSeatLeft,
    NoSeatTaken,
    NotEditable,
    NotReady,
    ReasonMissing,
    TooFewSeats,
)
from app.gigs.models.gig import Gig
from app.gigs.models.position import position_of
from app.gigs.models.skills import GigSkill, name_skills
from app.gigs.models.suggestions import Suggestion

__all__ = [
    "AUDIENCES",
    "DIRECTIONS",
    "EFFORT_SPANS",
    "GIG_KINDS",
    "PAY_KINDS",
    "SETTLEMENTS",
    "AlreadyDecided",
    "DueDatePassed",
    "Gig",
    "GigClosed",
    "GigEdit",
    "GigSkill",
    "NoSeatLeft",
    "NoSeatTaken",
    "NotEditable",
    "NotReady",
    "ReasonMissing",
    "Suggestion",
    "TooFewSeats",
    "name_skills",
    "position_of",
]
