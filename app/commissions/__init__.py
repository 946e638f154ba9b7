"""What the hall takes of a payment, who of its people shares in it, and what both sides see of that before they agree."""
