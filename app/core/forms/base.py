"""The form and the field that every other field is made from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import has_request_context, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import Field as WTFormsField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from app.core.forms.cleaning import KEPT, Cleaned, clean_line, is_blank
from app.core.languages import gettext as _
from app.core.wording import number

_UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: `anchor` is the id of the field it stands at (empty for the whole form)."""

    anchor: str
    label: str
    message: str


class Field(WTFormsField):  # type: ignore[misc]
    """A labelled field with a hint.

    `required` may be the words to say when the answer is missing. Validators see only answers
    that could be read; an empty answer is `empty` and is nobody's error unless it is required.
    `shape` is the WTForms field it is drawn like. Messages are whole sentences that do not repeat
    the label: they stand under the field, and after its label in the summary on top.
    """

    empty: Any = None
    shape = "StringField"
    anchored_at_first = False

    def __init__(
        self,
        label: str,
        validators: Iterable[Callable[..., None]] = (),
        *,
        required: bool | str = False,
        hint: str = "",
        attributes: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, list(validators), description=hint, render_kw=attributes, **options)
        self.type = self.shape
        self.missing = "" if isinstance(required, bool) else required
        if required:
            self.flags.required = True

    @property
    def hint(self) -> str:
        return str(self.description)

    @property
    def is_required(self) -> bool:
        return bool(self.flags.required)

    @property
    def was_sent(self) -> bool:
        return self.raw_data is not None

    @property
    def is_empty(self) -> bool:
        return self.data is None or self.data == self.empty

    @property
    def problem(self) -> str:
        """Return what is wrong with the answer, or an empty text."""
        return str(self.errors[0]) if self.errors else ""

    @property
    def anchor(self) -> str:
        """Return the id that a link to this field goes to."""
        return f"{self.id}-0" if self.anchored_at_first else str(self.id)

    def missing_message(self) -> str:
        return self.missing or _("Please fill this in.")

    def process_formdata(self, valuelist: list[Any]) -> None:
        # An answer left out of the request is an empty answer, not the value from before.
        self.data = self.empty
        if valuelist:
            self.read(valuelist)

    def read(self, values: list[Any]) -> None:
        """Take the submitted values (at least one) into `self.data`.

        :raises ValueError: with words for the person, when they cannot be understood.
        """
        raise NotImplementedError

    def pre_validate(self, form: "Form") -> None:
        if self.errors:
            raise StopValidation
        elif self.is_empty and self.is_required:
            raise StopValidation(self.missing_message())
        elif self.is_empty:
            raise StopValidation


class TextField(Field):
    """One line of text that becomes a value: the base of every field that is typed.

    `max` is the most characters it takes; a class without one of its own must be given it.
    """

    widget = TextInput()
    max: ClassVar[int | None] = None

    def __new__(cls, *args: Any, **options: Any) -> Any:
        if cls.max is None and not options.get("max"):
            raise TypeError(f"{cls.__name__}({args[0] if args else ''!r}) needs a max length")
        return super().__new__(cls, *args, **options)

    def __init__(self, label: str, *args: Any, max: int | None = None, **options: Any) -> None:  # noqa: A002
        super().__init__(label, *args, **options)
        self.longest: int = max or self.max or 0
        self.flags.max_length = self.longest
        self.kept = ""

    def clean(self, typed: str) -> Cleaned:
        """Return what was typed, made safe."""
        return clean_line(typed)

    def parse(self, text: str) -> Any:
        """Return the value that the cleaned, not blank text stands for.

        :raises ValueError: with words for the person.
        """
        return text

    def show(self, value: Any) -> str:
        """Return a value as a person would type it."""
        return str(value)

    def read(self, values: list[Any]) -> None:
        self.data = self.empty
        typed = values[0]
        if isinstance(typed, FileStorage) or not isinstance(typed, str):
            raise ValueError(_("This takes words; something else was sent."))
        cleaned = self.clean(typed)
        self.kept = cleaned.text
        if cleaned.size > self.longest:
            raise ValueError(self._too_long(cleaned))
        elif cleaned.complaint:
            raise ValueError(
                _(
                    "There was %(complaint)s in this, which cannot be kept. It is taken out now: please look "
                    "and send again.",
                    complaint=cleaned.complaint,
                )
            )
        elif not is_blank(cleaned.text):
            self.data = self.parse(cleaned.text)

    def _value(self) -> str:
        if self.was_sent:
            return self.kept
        return "" if self.data is None else self.show(self.data)

    def _too_long(self, cleaned: Cleaned) -> str:
        told = _(
            "This is %(size)s characters; at most %(longest)s fit.",
            size=number(cleaned.size),
            longest=number(self.longest),
        )
        return (
            _("%(told)s The first %(kept)s are kept here.", told=told, kept=number(KEPT))
            if cleaned.size > KEPT
            else told
        )


class Form(FlaskForm):  # type: ignore[misc]
    """A form that keeps what was typed and says what to mend.

    A handler calls `validate_on_submit()`; when that is false it renders the page again with the
    form, with status 422 if the form was submitted. Rules of the product stay in the models; a
    refusal they raise is put on its field with `refuse`.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        # The request boundary checks the token, the Origin and Sec-Fetch-Site of every unsafe
        # request before a handler runs.
        csrf = False

        def wrap_formdata(self, form: "Form", formdata: Any) -> Any:
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            # Never JSON: its values have types that no field expects. Never nothing: an empty
            # body means that every answer is missing.
            return CombinedMultiDict([request.files, request.form]) if _was_sent() else None

        def get_translations(self, form: "Form") -> None:
            """Every message is written here or in the form; there is nothing to translate."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Read every field and say whether all can be used; then let `check` compare them."""
        if super().validate(extra_validators):
            self.check()
        return not self.errors

    def check(self) -> None:
        """Compare answers with each other; `refuse` what does not fit. Called when each is fine."""

    def refuse(self, name: str | None, message: str) -> None:
        """Put a problem on the field called `name`, or on the whole form."""
        if name is None:
            self.form_errors.append(message)
        else:
            field = self._fields[name]
            field.errors = [*field.errors, message]

    @property
    def problems(self) -> list[Problem]:
        """Return what is to be mended, in the order of the fields, for the summary on top."""
        whole = [Problem("", "", str(message)) for message in self.form_errors]
        return whole + [
            Problem(field.anchor, str(field.label.text), str(message)) for field in self for message in field.errors
        ]


def short(text: str) -> str:
    """Return a typed text as a message may quote it."""
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def _was_sent() -> bool:
    return has_request_context() and request.method in _UNSAFE_METHODS
