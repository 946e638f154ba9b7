"""Every route declares what it takes: `@authorized(PERMISSION, load=…)`, or `@public`. Load first (404), then authorize (403)."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core.errors import Forbidden
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.security import SAFE_METHODS, csrf
from app.policies import POLICIES, TO_LOOK_AT, allows, grants, lacks, restrained
from tenants.context import Actor, member_or_none, tenant
from tenants.restraints import Restraint

View = TypeVar("View", bound=Callable[..., Any])


class MembershipNeeded(Forbidden):
    """Whoever asks would be let in with a membership; `purpose` says what for. `app.access` has the page that says so."""

    message = _l("This needs a membership.")

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose


class HeldBack(Forbidden):
    """Moderators keep whoever asks from this for a time. `app.moderation` has the page that says so, and how to appeal."""

    message = _l("You cannot do this for now: a moderator decided so.")

    def __init__(self, restraint: Restraint) -> None:
        super().__init__()
        self.restraint = restraint


class OutsideMandate(Forbidden):
    """Whoever acts for somebody else may not do this for them."""

    message = _l("You are acting for somebody else, and this is not among what they let you do.")


def public(view: View) -> View:
    """Declare a route open to everybody."""
    view.policy = "public"  # type: ignore[attr-defined]
    return view


def signed_in_person(view: View) -> View:
    """Declare a route for whoever signed in, member or not: the view itself asks for the person (joining, the identity host)."""
    view.policy = "person"  # type: ignore[attr-defined]
    return view


def any_origin(view: View) -> View:
    """Declare a route that other origins may post to without a token, since the request carries its own proof."""
    view.any_origin = True  # type: ignore[attr-defined]
    csrf.exempt(view)
    return view


def authorized(
    permission: str, *, load: Callable[..., Any] | None = None, before_rules: bool = False
) -> Callable[[View], View]:
    """Guard a route of a hall. What `load` returns is given to the view as its first argument; the URL's values go to
    whichever of the two names them. A visitor who lacks the permission is asked to sign in.

    :param before_rules: open also to a member who has not yet accepted the newest rules.
    :raises Forbidden: when the member lacks the permission.
    :raises OutsideMandate: when somebody acts for the member who may not do this for them.
    :raises MembershipNeeded: when they lack no more than a membership.
    :raises HeldBack: while moderators keep them from it.
    """
    if permission not in POLICIES:
        raise LookupError(f"{permission!r} is not in the policy table")
    wanted = set(inspect.signature(load).parameters) if load else set()

    def decorate(view: View) -> View:
        takes = set(inspect.signature(view).parameters)

        @wraps(view)
        def guarded(**values: Any) -> Any:
            loaded = (load(**{name: value for name, value in values.items() if name in wanted}),) if load else ()
            actor = member_or_none()
            if not grants(permission, actor, *loaded) or _only_looks(permission, actor):
                return _turn_away(actor)
            elif purpose := lacks(permission, actor, *loaded):
                return _ask_for_membership(purpose, actor)
            elif held := restrained(permission, actor, *loaded):
                raise HeldBack(held)
            elif actor is not None and actor.rules_version < tenant.rules_version and not before_rules:
                return redirect(url_for("joining.rules_acceptance", onward=_here()))
            else:
                return view(*loaded, **{name: value for name, value in values.items() if name in takes})

        guarded.policy = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def _only_looks(permission: str, actor: Actor | None) -> bool:
    """Return whether somebody would do something for another by what is open to them for looking alone."""
    acts = actor is not None and actor.helper is not None
    return acts and permission in TO_LOOK_AT and request.method not in SAFE_METHODS


def _turn_away(actor: Actor | None) -> Response:
    if actor is not None:
        raise Forbidden if actor.helper is None else OutsideMandate
    return redirect(url_for("accounts.enter", onward=_here()))


def _ask_for_membership(purpose: str, actor: Actor | None) -> Response:
    # A membership is a member's: whoever is a stranger here signs in first.
    if actor is not None:
        raise MembershipNeeded(purpose)
    return _turn_away(None)


def _here() -> str:
    # After signing in, a form's page is shown again, not its POST.
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def may(permission: str, thing: Any = None) -> bool:
    """Return whether whoever is here has `permission`: for templates."""
    return allows(permission, member_or_none(), thing)


def could(permission: str, thing: Any = None) -> bool:
    """Return whether whoever is here has `permission`, or would have it with a membership: for what leads there. Whoever
    follows it reads what is needed.
    """
    return grants(permission, member_or_none(), thing)


def anyone_may(permission: str, thing: Any = None) -> bool:
    """Return whether a visitor has `permission`: for what leaves the marketplace."""
    return allows(permission, None, thing)


def current_member() -> Actor:
    """Return the signed-in member.

    :raises Forbidden: for a visitor.
    """
    actor = member_or_none()
    if actor is None:
        raise Forbidden(_("Sign in first."))
    return actor


def forget_nothing() -> None:
    """Keep the request's transaction although its answer is an error page (a counted try, a logged refusal)."""
    g.commit_anyway = True
