"""Who may do what here: the policy table as a page."""
