"""Offers: what leaders take off their memberships for a while, by a code or a link, and memberships given as gifts.

| to change | look in |
|---|---|
| what an offer is, and what a leader does with it | `models/discount.py`, `desk.py` |
| what a price comes to with it, and whether it fits | `reckoning.py`, `finding.py` |
| how a member uses a code | `routes.py` |
| what is done when Stripe tells of a discount; what is booked | `following.py`, `booking.py`, at night `comparing.py` |
| what all this is called | `words.py` |
"""
