"""The leader's desk: one blueprint, its pages by subject."""

from app.admin import invitations, people, reports, rules, seen, skills
from app.admin.desk import blueprint

__all__ = ["blueprint", "invitations", "people", "reports", "rules", "seen", "skills"]
