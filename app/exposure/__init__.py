"""How often gigs and people were put before members, by days: so that who is seldom seen can be shown sooner."""
