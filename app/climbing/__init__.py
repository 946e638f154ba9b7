"""Gigs look for their people: whom their authors may ask, and the climb of what nobody has taken yet."""
