"""Every page about agreements: reading them, settling terms, the work, and how they end."""

from app.agreements import answering, browsing, negotiating, parting, working
from app.agreements.blueprint import blueprint

__all__ = ["answering", "blueprint", "browsing", "negotiating", "parting", "working"]
