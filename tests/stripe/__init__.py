"""A Stripe of our own: a stateful server with pages to click through, for tests and for running without keys.

It answers the requests that Guildhall makes, each checked against stripe-python's own types, keeps what they do, moves its
clock when told to, and tells of it by signed webhooks. `python -m tests.stripe` serves it; `tests.stripe.server.running`
does inside a test. Everything money touches is here, so it imports nothing of the product.

| to change | look in |
|---|---|
| what is refused as a parameter | `params.py` |
| coupons and their codes, what they take off | `coupons.py`, `discounts.py` |
| objects and their verbs | the file named after them |
| renewals, retries, the end of trials | `cycle.py` |
| webhooks: order, doubles, loss | `delivery.py` |
| failing answers | `faults.py` |
| pages for people | `pages.py` |
| what tests ask beyond Stripe's interface | `control.py` |
"""
