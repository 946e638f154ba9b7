"""`make shots`: pictures of the main pages, taken in a demo of its own, to look at with a designer's eye."""
