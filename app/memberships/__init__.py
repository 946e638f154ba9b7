"""Memberships: the tiers that a leader sells, what members buy of them, and who may do more for it.

| to change | look in |
|---|---|
| what a tier is and costs | `models/tiers.py` |
| how long a membership holds, and when it lapses | `models/membership.py` |
| how a leader writes, prices and sells tiers | `models/selling.py`, `desk.py` |
| how a member buys; what is given back | `buying.py`, `surplus.py` |
| changing, ending, going on | `changing.py`; `ending.py` where they leave the marketplace |
| what is done when Stripe tells of something | `following.py`, at night `comparing.py` |
| what comes into the books | `booking.py`, `models/paying.py` |
| what the page of memberships shows | `offers.py`, `words.py` |
"""
