"""Who knows whom: members who finished work together, of whom one asked the other in, or vouches for the other."""
