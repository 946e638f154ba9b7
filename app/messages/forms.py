"""What people write to each other and to the moderators."""

from app.core.forms import Choice, Form, Paragraphs
from app.core.languages import lazy_gettext as _l
from app.joining.rules import rules_by_name

RULES = {
    "unkind": _l("Insults, threats or pressure"),
    "untrue": _l("It is misleading or not true"),
    "spam": _l("Advertising or spam"),
    "unsafe": _l("Illegal or not safe"),
    "private": _l("It shows something private"),
    "elsewhere": _l("It does not belong here"),
    "other": _l("Something else"),
}


ANOTHER = _l("Another rule: the reason names it")


def rule_options() -> list[tuple[str, str]]:
    """Return the marketplace's own rules by their names; the usual ones where it has not named any."""
    names = rules_by_name() or [str(rule) for rule in list(RULES.values())[:-1]]
    return [(name, name) for name in dict.fromkeys([*names, str(ANOTHER)])]


def reportable_rules() -> list[tuple[str, str]]:
    """Return what somebody who reports may say is broken: the marketplace's own rules, else the usual ones by their keys."""
    named = [(name, name) for name in dict.fromkeys(rules_by_name())]
    return [*named, ("other", str(RULES["other"]))] if named else [(key, str(said)) for key, said in RULES.items()]


class NewMessage(Form):
    """One message."""

    body = Paragraphs(_l("Your message"), max=5000, required=_l("Write a few words first."))


class NewReport(Form):
    """What is wrong, and with which rule."""

    rule = Choice(
        _l("What is wrong?"), options=reportable_rules, radios=True, required=_l("Choose what comes closest.")
    )
    words = Paragraphs(
        _l("What happened?"),
        max=2000,
        required=_l("Tell the moderators what happened."),
        hint=_l("Only the moderators read this."),
    )


class ReportAnswer(Form):
    """What a moderator answers to whoever reported."""

    answer = Paragraphs(_l("Your answer"), max=1000, required=_l("Tell the person who reported what you found."))
