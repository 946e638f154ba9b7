"""Who may come in: operators who signed in lately. To everybody else there is nothing here."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g, render_template

from app.accounts.identity import SignedInPerson
from app.accounts.models import IdentitySession
from app.accounts.people import signed_in_here
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.operating.models import is_operator

View = TypeVar("View", bound=Callable[..., Any])

#: How long after signing in an operator is let in.
FRESH = timedelta(hours=12)


def operators_only(view: View) -> View:
    """Declare a route of the platform's host for operators; the view finds who in `g.operator_id`.

    :raises NotFound: for everybody else, signed in or not.
    """

    @wraps(view)
    def guarded(**values: Any) -> Any:
        person = signed_in_here()
        if person is None or not is_operator(person.user.id):
            raise NotFound
        elif clock.now() - _proved_at(person) > FRESH:
            return render_template("operating/stale.html"), 403
        else:
            g.operator_id = person.user.id
            return view(**values)

    vars(guarded)["policy"] = "operator"
    return cast(View, guarded)


def _proved_at(person: SignedInPerson) -> datetime:
    """Return when this person last proved who they are: on the identity host, not when that was carried here."""
    if person.session.carried_from is None:
        return person.session.created_at
    return db.session.get_one(IdentitySession, person.session.carried_from).created_at
