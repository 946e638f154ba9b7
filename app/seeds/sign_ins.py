"""The demo's ways in, as `make run` prints them."""

PASSWORD = "letters-and-lanterns"

#: Who to be, and what one sees as them.
EMAILS = ("leader@example.com", "member@example.com", "manager@example.com")
