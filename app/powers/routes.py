"""The page that says who may do what in this marketplace."""

from flask import Blueprint, render_template, request

from app.authorization import authorized
from app.policies import BE_HERE, NEEDS
from app.powers.matrix import ROLES, power
from app.powers.words import CONDITIONS, PARTS, ROLE_NAMES
from tenants.context import tenant

blueprint = Blueprint("powers", __name__, subdomain="hall")


@blueprint.get("/powers")
@authorized(BE_HERE)
def show() -> str:
    """Everybody's powers beside one another, or with `who` those of one role."""
    asked = request.args.get("who", "")
    roles = (asked,) if asked in ROLES else ROLES
    parts = [
        (
            title,
            [(permission, words, [power(permission, role) for role in roles]) for permission, words in rows.items()],
        )
        for title, rows in PARTS
    ]
    return render_template(
        "powers/show.html",
        parts=parts,
        roles=roles,
        every_role=ROLES,
        asked=asked if asked in ROLES else "",
        names=ROLE_NAMES,
        conditions=CONDITIONS,
        by_membership={permission for permission, purpose in NEEDS.items() if purpose in tenant.needs.of},
    )
