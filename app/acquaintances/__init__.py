"""Who knows whom: members who finished work together, or of whom one asked the other in."""
