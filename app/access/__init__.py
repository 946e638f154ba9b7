"""What a membership is needed for, and what becomes of whoever has none, or owes for theirs.

| to change | look in |
|---|---|
| who needs one for what: the rule itself | `tenants/needs.py`; which permissions ask for it: the table in `app/policies.py` |
| the leader's page about it | `forms.py`, `settings.py` |
| the page that says what is needed, and leads on | `needed.py` |
"""
