"""Marks among an entry's words that say whose search may find it: the tenant's members, or its visitors too.

With a mark in every question one index serves all tenants: a tenant's search never walks through the others' entries. The view
compares the tenant's number once more, and the rows themselves are read under row-level security.
"""

from tenants.context import current_tenant_id


def mark(kind: str, *, for_visitors: bool) -> str:
    """Return the mark of the tenant in force for things of a kind. Letters and digits only: no dictionary changes it."""
    return f"t{current_tenant_id()}{kind}{'visitors' if for_visitors else 'members'}"


def marks(kind: str, *, for_visitors: bool) -> str:
    """Return the marks of an entry as a tsvector is written: members find all that is for anybody."""
    every = [mark(kind, for_visitors=False), *([mark(kind, for_visitors=True)] if for_visitors else [])]
    return " ".join(f"'{one}'" for one in every)
