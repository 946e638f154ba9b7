"""What a marketplace certifies of its members: finished work, mentoring, or that they were vetted; on paper, and behind a link
that tells anybody whether it stands.
"""
