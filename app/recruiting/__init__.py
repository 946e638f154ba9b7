"""Calling people to a gig: whom its author asked, and how an unfilled one climbs from those whom it suits to everybody."""
