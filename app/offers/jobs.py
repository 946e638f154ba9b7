"""What offers leave to the worker, and what is compared at night."""

from app.offers import comparing, following, following_gifts
from app.offers.buying_gifts import give_back
from app.offers.receiving import begin_gifts

__all__ = ["begin_gifts", "comparing", "following", "following_gifts", "give_back"]
