"""One brief, many independents: a coordinator leads it, and each role is a gig with an agreement of its own."""
