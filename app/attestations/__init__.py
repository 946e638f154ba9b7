"""Reviews that a member takes from one marketplace to another, as statements signed by the first."""
