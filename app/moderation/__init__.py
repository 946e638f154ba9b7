"""What follows when a rule is broken: decisions that cite the rule and say why, their log, and appeals to somebody else.

| to change | look in |
|---|---|
| decisions, how they are taken back | `models/measure.py`; what may be hidden, and how: `things.py` |
| appeals | `models/appeal.py` |
| what a limit takes away | the table `DEED_OF` in `app/policies.py`; what is kept with the member: `tenants/restraints.py` |
| what somebody reads who is kept from something | `refusing.py` |
| what new members may, what is looked at before others see it | `newcomers.py` |
| the log, the public summary | `queries.py` |
"""
