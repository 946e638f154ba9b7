"""Generated histories of money: what people, banks, Stripe, the network and our own processes do, in any order.

| to add | write |
|---|---|
| something that can happen | a function in a module beside this one, `@happens(weight)` |
| what must hold at the end of every history | a function `@holds` |
| what somebody asks for again, whose answer was lost | a function `@at_last` |

`tests/billing/test_any_sequence.py` names the modules. A history follows from its number; one that fails is told again with its
number, cut down to the steps that it needs.
"""
