"""Letters to the leaders of a marketplace about the marketplace itself."""

from app.activity.models import Activity
from app.core.languages import gettext as _
from tenants.context import tenant
from tenants.links import origin
from themes.letters import Letter


def of_standing(fact: Activity) -> Letter:
    """Return the letter that tells a leader what became of their marketplace."""
    name = tenant.name
    subject, paragraphs = {
        "suspended": (
            _("%(name)s is suspended", name=name),
            [
                _(
                    "The people who run this site have suspended %(name)s. Its address shows nothing of it "
                    "now, to anybody.",
                    name=name,
                ),
                _("Nothing is lost: when it is opened again, everything and everybody is there as before."),
            ],
        ),
        "closed": (
            _("%(name)s is closed", name=name),
            [
                _(
                    "The people who run this site have closed %(name)s. Its address shows nothing of it any "
                    "more, to anybody.",
                    name=name,
                )
            ],
        ),
        "active": (
            _("%(name)s is open again", name=name),
            [_("Everything is there as you left it, and everybody may come in.")],
        ),
    }[fact.to_state or "active"]
    return Letter(
        subject=subject,
        paragraphs=paragraphs,
        quote=fact.reason,
        action=(_("To %(name)s", name=name), origin(tenant.host)) if tenant.is_open else None,
        why=_("You lead %(name)s.", name=name),
    )
