"""Every page about experts: a category's bench, asking to be vetted, deciding."""

from app.experts import bench_pages, following, gig_page, question_pages, vetting_pages, waiting
from app.experts.blueprint import blueprint

__all__ = ["bench_pages", "blueprint", "following", "gig_page", "question_pages", "vetting_pages", "waiting"]
