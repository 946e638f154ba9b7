"""What people write to each other and to the moderators."""

from app.core.forms import Choice, Form, Paragraphs

RULES = {
    "unkind": "Insults, threats or pressure",
    "untrue": "It is misleading or not true",
    "spam": "Advertising or spam",
    "unsafe": "Illegal or not safe",
    "private": "It shows something private",
    "elsewhere": "It does not belong here",
    "other": "Something else",
}


class NewMessage(Form):
    """One message."""

    body = Paragraphs("Your message", max=5000, required="Write a few words first.")


class NewReport(Form):
    """What is wrong, and with which rule."""

    rule = Choice("What is wrong?", options=RULES, radios=True, required="Choose what comes closest.")
    words = Paragraphs(
        "What happened?", max=2000, required="Tell the moderators what happened.", hint="Only the moderators read this."
    )


class ReportAnswer(Form):
    """What a moderator answers to whoever reported."""

    answer = Paragraphs("Your answer", max=1000, required="Tell the person who reported what you found.")
