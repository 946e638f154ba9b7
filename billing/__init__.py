"""Money: what moves it (Stripe, behind `gateway`), what is remembered before it is asked for, what is told of it, and the books.

| to change | look in |
|---|---|
| what is said to Stripe, and what its refusals are called | `gateway.py`, which alone imports its library |
| that nothing is asked for twice | `operations.py` |
| webhooks: who may send them, what becomes of them | `signatures.py`, `inbox.py`, `following.py` |
| what the night compares with Stripe and heals | `reconciling.py`, `jobs.py` |
| the books and what is read from them | `ledger.py`, `statements.py` |
| a marketplace's own account at Stripe | `connections.py` |
| the platform's plans, what each has room for, and who asks | `plans.py`, `entitlements.py` |
| a marketplace's plan as Stripe tells it | `plan_accounts.py`, `plan_following.py` |
| for whom a plan by people is paid, how many bytes are kept | `presence.py`, `storage.py` |
"""
