"""How a category does: its figures against the span before, what its leaders want to reach, and what would help next."""
