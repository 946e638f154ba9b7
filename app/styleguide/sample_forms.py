"""The style guide's forms: one of every field, empty, filled in and with something to mend."""

from typing import Any

from app.core.forms import (
    Choice,
    Choices,
    Date,
    EmailAddress,
    File,
    Files,
    Form,
    Hours,
    Money,
    Paragraphs,
    Place,
    Secret,
    Switch,
    TagList,
    Text,
    WebLink,
    WholeNumber,
)


class EveryField(Form):
    title = Text("Title", max=120, required=True, hint="What you would say across a table. No capitals needed.")
    email = EmailAddress("Your e-mail address", required=True)
    password = Secret("Password", max=200, required=True, hint="15 characters or more; a sentence is easiest.")
    link = WebLink("Where to see more", hint="Your own page, a shop, a blog.")
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
    place = Place("Place", hint="A town or a part of it; never a full address.")
    pay = Money("Pay", currency="GBP")
    currency = Choice("Currency", options={"GBP": "GBP (£)", "EUR": "EUR (€)", "JPY": "JPY (¥)"})
    pay_from = Money("Amount, or from", currency=lambda form: form.currency.data)
    pay_to = Money("To", currency=lambda form: form.currency.data)
    hours = Hours("Effort", hint="As 1.5, 1:30 or 90 min.")
    effort = Hours("How much time does it take?", hint="A guess helps.")
    span = Choice("Counted as", options={"total": "hours in all", "week": "hours a week", "day": "hours a day"})
    seats = WholeNumber("How many people?", least=1, most=50, required=True)
    due = Date("Done by")
    photo = File(
        "A picture", kinds=(".jpg", ".png"), hint="A photograph of the wall, the machine, the page. Up to 10 MB."
    )
    files = Files("Files", most=10, hint="Up to 10, each up to 10 MB. Only the two of you can download them.")
    days = Choices(
        "When are you free?", options={"week": "On weekdays", "evening": "In the evenings", "weekend": "At weekends"}
    )
    terms = Switch("I have read the rules and will keep to them", required=True)


NOTES = {
    "money": "A fixed price or by the hour, in pounds.",
    "credits": "One credit is one hour of anybody's time here.",
    "favour": "Nothing changes hands; say thank you well.",
}
TAGS = [
    "Lettering",
    "Hand lettering",
    "Letterpress",
    "Vector drawing",
    "Signage",
    "Typography",
    "Type design",
    "InDesign",
]
PLACES = ["Leeds", "Leeds, on site once", "Hebden Bridge", "Halifax", "York"]


def empty_form(name: str = "empty") -> EveryField:
    """Return the form as it is met; several on one page have names of their own."""
    return EveryField(formdata=None, prefix=f"{name}-")


def filled_form(name: str = "filled") -> EveryField:
    given: dict[str, Any] = {
        "title": "Redraw our bakery's sign",
        "email": "orla@example.com",
        "description": "One word, hand-painted look.",
        "category": "lettering",
        "settlement": "money",
        "skills": ["Lettering", "Signage"],
        "place": "Leeds",
        "pay": 48000,
        "hours": 90,
        "seats": 1,
        "days": ["evening"],
        "terms": True,
    }
    return EveryField(formdata=None, data=given, prefix=f"{name}-")


def wrong_form() -> EveryField:
    """A form after somebody sent it with everything to mend."""
    form = EveryField(formdata=None, data={"title": "", "seats": 0}, prefix="wrong-")
    words = {
        "title": "Please fill this in.",
        "email": "“orla@” is not an e-mail address such as maya@example.com.",
        "description": "This is 5,210 characters; at most 4,000 fit.",
        "settlement": "Please choose one.",
        "pay": "“a lot” is not an amount, such as 480 or 480.50.",
        "hours": "“a while” is not a time, such as 1.5, 1:30 or 90 min.",
        "due": "This cannot be before 22 November 2026.",
        "skills": "These are 24; at most 20 fit.",
        "place": "“—” is not the name of a place, such as Lisbon.",
        "photo": "“wall.tiff” is not one of these kinds: jpg, png.",
        "days": "Please choose one at least.",
        "terms": "Please tick this to go on.",
    }
    for name, message in words.items():
        form.refuse(name, message)
    return form
