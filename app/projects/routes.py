"""Every page about projects: making one, its roles and people, the offer, the work."""

from app.projects import category_foot, deciding, gig_page, handing, hooks, making, staffing, todo, waits, workspace
from app.projects.blueprint import blueprint

__all__ = [
    "blueprint",
    "category_foot",
    "deciding",
    "gig_page",
    "handing",
    "hooks",
    "making",
    "staffing",
    "todo",
    "waits",
    "workspace",
]
