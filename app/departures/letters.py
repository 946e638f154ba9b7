"""What somebody reads who left."""

from app.core.languages import gettext as _
from tenants.context import tenant
from tenants.links import origin
from themes.letters import Letter


def of_goodbye() -> Letter:
    """Return the letter that confirms to a person that they left the tenant in force."""
    return Letter(
        subject=_("You have left %(name)s", name=tenant.name),
        paragraphs=[
            _("Your profile, your pictures and your settings there are deleted, and your gigs are closed."),
            _("What you wrote to others stays with them, without your name."),
            _("Your account and your other marketplaces are as they were."),
        ],
        action=(_("To %(name)s", name=tenant.name), origin(tenant.host)),
        after=[_("If this was not you, sign in, change your password and write to the leaders.")],
        why=_("You were a member of %(name)s.", name=tenant.name),
    )
