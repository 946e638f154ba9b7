"""Two gigs that are one: asking for it, both authors' consent, and what comes along."""
