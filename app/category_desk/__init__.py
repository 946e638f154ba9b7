"""A category leader's desk: one queue of everything that waits in the category, and what can be done about it."""
