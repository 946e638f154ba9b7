"""What pages about gigs read: column rows from statements built once. Tests count what a page costs."""

from app.gigs.queries.lists import category_list, own_gigs, waiting_edits, waiting_gigs
from app.gigs.queries.open_gigs import gigs_of, listing, newest, similar, these
from app.gigs.queries.page import one_gig
from app.gigs.queries.rows import skills_of_member

__all__ = [
    "category_list",
    "gigs_of",
    "listing",
    "newest",
    "one_gig",
    "own_gigs",
    "similar",
    "skills_of_member",
    "these",
    "waiting_edits",
    "waiting_gigs",
]
