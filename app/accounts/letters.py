"""What accounts write to people."""

from app.accounts.models import EmailCode
from tenants.links import id_url
from themes.letters import Letter

_REASONS = {
    "sign_in": "Somebody signs in with this address.",
    "sign_up": "Somebody makes an account with this address.",
    "password": "Somebody asked for a new password for this address.",
}


def with_code(code: EmailCode, place: str) -> Letter:
    """Return the letter that brings a code to whoever is on their way to `place`: the same for every address."""
    return Letter(
        subject=f"{code.digits} is your code for {place}",
        paragraphs=[
            "Type it where you asked for it, in the same browser, within ten minutes.",
            f"Nobody from {place} will ever ask you for it.",
        ],
        after=["You did not ask for it? Then do nothing: without the code nobody comes in."],
        why=_REASONS[code.purpose],
    )


def of_new_password() -> Letter:
    """Return the letter that tells a person that their password was set, in case it was not they who did."""
    return Letter(
        subject="Your password was set",
        paragraphs=["Your account has a new password, and every other browser was signed out."],
        action=("See where you are signed in", id_url("account.home")),
        after=[
            "It was not you? Whoever did it can read your mail. Secure your mail first, then choose another password."
        ],
        why="Your account's password changed.",
    )
