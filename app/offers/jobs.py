"""What offers leave to the worker, and what is compared at night."""

from app.offers import comparing, following

__all__ = ["comparing", "following"]
