"""Forms: what people type, read kindly. Any answer gets a value or words to mend it, never an error.

class NewGig(Form):
    title = Text("Title", max=120, required=True)
    pay = Money("Pay", currency=lambda form: form.currency.data)
"""

from app.core.forms.base import Field, Form, Problem, TextField
from app.core.forms.choices import Choice, Choices, Option, Switch
from app.core.forms.numbers import Date, Hours, Money, WholeNumber
from app.core.forms.text import (
    EmailAddress,
    Hidden,
    Lines,
    Paragraphs,
    Place,
    Secret,
    TagList,
    Text,
    WebLink,
    email_address,
)
from app.core.forms.uploads import File, Files

__all__ = [
    "Choice",
    "Choices",
    "Date",
    "EmailAddress",
    "Field",
    "File",
    "Files",
    "Form",
    "Hidden",
    "Hours",
    "Lines",
    "Money",
    "Option",
    "Paragraphs",
    "Place",
    "Problem",
    "Secret",
    "Switch",
    "TagList",
    "Text",
    "TextField",
    "WebLink",
    "WholeNumber",
    "email_address",
]
