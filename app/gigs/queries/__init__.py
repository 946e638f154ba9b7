"""What pages about gigs read: column rows from statements built once. Tests count what a page costs."""

from app.gigs.queries.lists import category_list, own_gigs, waiting_edits, waiting_gigs
from app.gigs.queries.open_gigs import fitting, gigs_of, listing, newest, similar
from app.gigs.queries.page import one_gig
from app.gigs.queries.rows import skills_of_member

__all__ = [
    "category_list",
    "fitting",
    "gigs_of",
    "listing",
    "newest",
    "one_gig",
    "own_gigs",
    "similar",
    "skills_of_member",
    "waiting_edits",
    "waiting_gigs",
]
