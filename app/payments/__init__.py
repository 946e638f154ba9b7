"""Held payments: a client pays a milestone in, it is held by the platform, and goes to those who earned it once the
work is accepted.

| to change | look in |
|---|---|
| what is kept of a payment, its states | `models/` |
| what can be paid in, and paying it in | `parts.py`, `funding.py` |
| what happens when work is accepted or ends | `settling.py` |
| money on its way: to people, back from them, back to the client | `moving.py`, called by `jobs.py` |
| what banks take back, what they do not take | `banks.py` |
| what is reversed by hand at Stripe | `reversals.py` |
| what people owe, kept from what they earn | `debts.py` |
| what waits for a leader's word, and the desk's page of it | `loose.py`, `desk.py` |
| people's own accounts at Stripe | `accounts.py` |
| what is booked | `books.py` |
| the days: reminders, and what happens before the holding limit | `holding.py` |
"""
