"""Every page about experts: a category's bench, asking to be vetted, deciding."""

from app.experts import bench_pages, following, vetting_pages, waiting
from app.experts.blueprint import blueprint

__all__ = ["bench_pages", "blueprint", "following", "vetting_pages", "waiting"]
