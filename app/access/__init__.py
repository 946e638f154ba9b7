"""What a membership is needed for, and what becomes of whoever has none, or owes for theirs.

| to change | look in |
|---|---|
| who needs one for what: the rule itself | `tenants/needs.py`; which permissions ask for it: the table in `app/policies.py` |
| the leader's page about it | `forms.py`, `settings.py` |
| the leader's page about members without one | `without.py` |
| memberships that a leader gives | `giving.py` |
| limits of tiers, and of being without one | `app/memberships/limits.py`; counted in `app/gigs/models/limits.py` and the verbs |
| the end of what was given, announced | `ending.py` |
| grace, reminders, gigs that rest and come back | `lapsing.py`; when: `jobs.py`, `noticing.py` |
| the page that says what is needed, and leads on | `needed.py` |
"""
