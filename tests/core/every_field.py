"""A form with every kind of field."""

from datetime import date
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from app.core.forms import (
    Choice,
    Choices,
    Date,
    EmailAddress,
    File,
    Files,
    Form,
    Hidden,
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

DESIGN, CODE = uuid4(), uuid4()


class Everything(Form):
    title = Text("Title", max=120, min=3, required=True)
    story = Paragraphs("Story", max=4000)
    token = Hidden("Token", max=40)
    password = Secret("Password", max=100)
    email = EmailAddress("E-mail")
    website = WebLink("Website")
    place = Place("Place")
    skills = TagList("Skills", most=5, each=20)
    seats = WholeNumber("Seats", least=1, most=50)
    currency = Choice("Currency", options=[("EUR", "Euro"), ("JPY", "Yen"), ("KWD", "Dinar")])
    pay = Money("Pay", currency=lambda form: form.currency.data)
    effort = Hours("Effort")
    due = Date("Due", earliest=date(2026, 1, 1), latest=lambda: date(2030, 12, 31))
    category = Choice("Category", options={DESIGN: "Design", CODE: "Code"}, radios=True)
    languages = Choices("Languages", options=[("en", "English"), ("de", "German")], most=1)
    remote = Switch("Remote")
    picture = File("Picture", biggest=1000, kinds=(".png", ".jpg"))
    papers = Files("Papers", biggest=1000, most=2)


NAMES = [name for name in dir(Everything) if hasattr(getattr(Everything, name), "field_class")]


def filled(**answers: Any) -> Everything:
    """Return the form as sent with these answers and nothing else."""
    sent: MultiDict[str, Any] = MultiDict()
    for name, answer in answers.items():
        sent.setlist(name, answer if isinstance(answer, list) else [answer])
    form = Everything(sent)
    form.validate()
    return form
