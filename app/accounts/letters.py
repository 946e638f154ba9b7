"""What accounts write to people."""

from app.accounts.models import EmailCode
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from tenants.links import id_url
from themes.letters import Letter

_REASONS = {
    "sign_in": _l("Somebody signs in with this address."),
    "sign_up": _l("Somebody makes an account with this address."),
    "password": _l("Somebody asked for a new password for this address."),
}


def with_code(code: EmailCode, place: str) -> Letter:
    """Return the letter that brings a code to whoever is on their way to `place`: the same for every address."""
    return Letter(
        subject=_("%(digits)s is your code for %(place)s", digits=code.digits, place=place),
        paragraphs=[
            _("Type it where you asked for it, in the same browser, within ten minutes."),
            _("Nobody from %(place)s will ever ask you for it.", place=place),
        ],
        after=[_("You did not ask for it? Then do nothing: without the code nobody comes in.")],
        why=_REASONS[code.purpose],
    )


def of_new_password() -> Letter:
    """Return the letter that tells a person that their password was set, in case it was not they who did."""
    return Letter(
        subject=_("Your password was set"),
        paragraphs=[_("Your account has a new password, and every other browser was signed out.")],
        action=(_("See where you are signed in"), id_url("account.home")),
        after=[
            _(
                "It was not you? Whoever did it can read your mail. Secure your mail first, then choose "
                "another password."
            )
        ],
        why=_("Your account's password changed."),
    )
