"""A category's bench, requests to be vetted, what was decided of them, what came of it, and questions to the experts."""

from app.experts.models.bench import Bench
from app.experts.models.expertise import Expertise
from app.experts.models.opinion import Opinion
from app.experts.models.question import Question
from app.experts.models.vetting import Paper, Vetting

__all__ = ["Bench", "Expertise", "Opinion", "Paper", "Question", "Vetting"]
