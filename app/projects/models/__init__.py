"""The project, its roles, and the offers that its client gets."""

from app.projects.models.handover import Handover
from app.projects.models.note import Note, ProjectFile
from app.projects.models.offer import Offer
from app.projects.models.project import Project
from app.projects.models.role import Role
from app.projects.models.wait import Wait

__all__ = ["Handover", "Note", "Offer", "Project", "ProjectFile", "Role", "Wait"]
