"""Memberships: the tiers that a leader sells, what members buy of them, and who may do more for it.

| to change | look in |
|---|---|
| what a tier is and costs | `models/tiers.py` |
| how long a membership holds, and when it lapses | `models/membership.py` |
| what was bought, paid and given back | `models/paying.py` |
"""
