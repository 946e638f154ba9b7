"""The bench of a category: who is vetted for what in it, decided by two who know the field, and only for a time."""
