"""Every page about projects: making one, its roles and people, the offer, the work."""

from app.projects import deciding, gig_page, handing, hooks, making, staffing, todo, workspace
from app.projects.blueprint import blueprint

__all__ = ["blueprint", "deciding", "gig_page", "handing", "hooks", "making", "staffing", "todo", "workspace"]
