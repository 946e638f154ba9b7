"""Skills that somebody who worked with a member has seen in them, counted once whoever they are about says so."""
