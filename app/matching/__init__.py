"""Gigs for a member and people for a gig: one score for both, whose parts say why in words."""

from app.matching.engine import Match, fit_of, gigs_for, people_for

__all__ = ["Match", "fit_of", "gigs_for", "people_for"]
