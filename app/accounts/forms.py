"""What people type at the doors."""

import re

from app.accounts.passwords import LONGEST
from app.core.forms import EmailAddress, Form, Hidden, Secret, Text
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l

_NEW_PASSWORD = {"autocomplete": "new-password"}
_SIX_DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


def _email() -> EmailAddress:
    return EmailAddress(
        _l("E-mail"), required=_l("Type the address you use here."), attributes={"autocomplete": "username"}
    )


def _name() -> Text:
    return Text(
        _l("Your name"),
        max=80,
        required=_l("Tell people what to call you."),
        hint=_l("As people know you. Each marketplace can have its own."),
        attributes={"autocomplete": "name"},
    )


class SigningIn(Form):
    """An address with a password; or the address alone, with the button that asks for a code."""

    email = _email()
    password = Secret(_l("Password"), max=LONGEST, attributes={"autocomplete": "current-password"})

    by = Hidden("By", max=10)

    @property
    def asks_for_code(self) -> bool:
        return bool(self.by.data == "code")

    def check(self) -> None:
        if not self.password.data and not self.asks_for_code:
            self.refuse("password", _("Type your password, or have a code e-mailed to you."))


class SigningUp(Form):
    name = _name()
    email = _email()
    password = Secret(
        _l("Password"),
        max=LONGEST,
        hint=_l(
            "At least 15 characters; a few unrelated words make a good one. Without one, you sign in "
            "by codes in your mail."
        ),
        attributes=_NEW_PASSWORD,
    )


class Forgotten(Form):
    email = _email()


class Code(Form):
    digits = Text(_l("Code"), max=20, required=_l("Type the six digits from the e-mail."), attributes=_SIX_DIGITS)

    def check(self) -> None:
        # As people copy it: "482 913", "482-913".
        self.digits.data = re.sub(r"[\s.-]", "", self.digits.data)
        if not re.fullmatch(r"[0-9]{6}", self.digits.data):
            self.refuse("digits", _("A code is six digits."))


class NewPassword(Form):
    password = Secret(
        _l("New password"),
        max=LONGEST,
        required=_l("Choose a password."),
        hint=_l("At least 15 characters; a few unrelated words make a good one."),
        attributes=_NEW_PASSWORD,
    )


class Naming(Form):
    name = _name()
