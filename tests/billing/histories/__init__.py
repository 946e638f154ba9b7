"""Generated histories of money in one marketplace: what people, banks, Stripe, the network and our processes do, in any order.

| to add | write |
|---|---|
| something that can happen | a function in a module beside this one (a room), `@happens(weight)`; `life.tries` what it does |
| what must hold at the end of every history | a function `@holds` |
| what somebody asks for again, whose answer was lost | a function `@at_last` |
| how a marketplace stands when histories begin | `beginnings.py`; lived through once, then copied (`scenes.py`) |

`tests/billing/test_any_sequence.py` names the rooms. A history follows from its number (`telling.py`): two in five are about all
rooms, the others about two. One that fails is told again, cut down to the steps that it needs, and written down with what
Stripe did.
"""
