"""A category's bench, requests to be vetted, what was decided of them, and what came of it."""

from app.experts.models.bench import Bench
from app.experts.models.expertise import Expertise
from app.experts.models.opinion import Opinion
from app.experts.models.vetting import Paper, Vetting

__all__ = ["Bench", "Expertise", "Opinion", "Paper", "Vetting"]
