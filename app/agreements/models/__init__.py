"""The agreement and what belongs to it. One verb is one change of state, under the locks, with one fact written down."""

from app.agreements.models.agreement import Agreement
from app.agreements.models.delivery import Attachment, Delivery
from app.agreements.models.milestone import Milestone
from app.agreements.models.terms_round import TermsRound

__all__ = ["Agreement", "Attachment", "Delivery", "Milestone", "TermsRound"]
