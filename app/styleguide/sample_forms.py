"""The style guide's forms: one of every field, empty, filled in and with something to mend."""

from typing import Any

from app.core.forms import (
    Choice,
    Choices,
    Date,
    EmailAddress,
    File,
    Form,
    Hours,
    Money,
    Paragraphs,
    Secret,
    Switch,
    TagList,
    Text,
    WholeNumber,
)


class EveryField(Form):
    title = Text("Title", max=120, required=True, hint="What you would say across a table. No capitals needed.")
    email = EmailAddress("Your e-mail address", required=True)
    password = Secret("Password", max=200, required=True, hint="15 characters or more; a sentence is easiest.")
    description = Paragraphs(
        "Description", max=4000, required=True, hint="What is there, what is missing, how you will know it is done."
    )
    category = Choice(
        "Category", options={"lettering": "Lettering", "editorial": "Editorial", "print": "Print"}, required=True
    )
    settlement = Choice(
        "How is it settled?",
        radios=True,
        required=True,
        options={"money": "Money", "credits": "Credits", "favour": "A favour"},
    )
    skills = TagList("Skills needed", hint="A comma between two. Members with these see your gig first.")
    pay = Money("Pay", currency="GBP")
    hours = Hours("Effort")
    seats = WholeNumber("How many people?", least=1, most=50, required=True)
    due = Date("Done by")
    photo = File(
        "A picture", kinds=(".jpg", ".png"), hint="A photograph of the wall, the machine, the page. Up to 10 MB."
    )
    days = Choices(
        "When are you free?", options={"week": "On weekdays", "evening": "In the evenings", "weekend": "At weekends"}
    )
    terms = Switch("I have read the rules and will keep to them", required=True)


NOTES = {
    "money": "A fixed price or by the hour, in pounds.",
    "credits": "One credit is one hour of anybody's time here.",
    "favour": "Nothing changes hands; say thank you well.",
}
TAGS = ["Lettering", "Vector drawing", "Signage", "Typography", "InDesign"]


def empty_form() -> EveryField:
    return EveryField(formdata=None, prefix="empty-")


def filled_form() -> EveryField:
    given: dict[str, Any] = {
        "title": "Redraw our bakery's sign",
        "email": "orla@example.com",
        "description": "One word, hand-painted look.",
        "category": "lettering",
        "settlement": "money",
        "skills": ["Lettering", "Signage"],
        "pay": 48000,
        "hours": 90,
        "seats": 1,
        "days": ["evening"],
        "terms": True,
    }
    return EveryField(formdata=None, data=given, prefix="filled-")


def wrong_form() -> EveryField:
    """A form after somebody sent it with everything to mend."""
    form = EveryField(formdata=None, data={"title": "", "seats": 0}, prefix="wrong-")
    words = {
        "title": "Please fill this in.",
        "email": "“orla@” is not an e-mail address such as maya@example.com.",
        "description": "This is 5,210 characters; at most 4,000 fit.",
        "settlement": "Please choose one.",
        "pay": "“a lot” is not an amount, such as 480 or 480.50.",
        "terms": "Please tick this to go on.",
    }
    for name, message in words.items():
        form.refuse(name, message)
    return form
