"""What a category asks, as fields of a form: made for the gig at hand, beside those that every gig has."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

from app.core import files
from app.core.files import KeptFile
from app.core.forms import Choice, Choices, Date, Field, File, Form, Switch, Text, WebLink
from app.core.languages import gettext as _
from app.fields.quantities import Quantity, plain
from app.fields.queries import Asked
from app.fields.values import Value, Values
from app.fields.wording import amount
from tenants.context import current_tenant_id

FormType = TypeVar("FormType", bound=Form)


class Asking:
    """What a form has that asks for a category's fields. Its answers hold them as `fields`, by id."""

    asked: Sequence[Asked] = ()
    #: The form fields are named by the fields' ids; a file that is there can be taken away by a switch of its own.
    names: dict[UUID, str] = {}
    owner: str = ""

    @property
    def takes_files(self) -> bool:
        return any(one.kind == "file" for one in self.asked)

    @property
    def in_order(self) -> list[tuple[Any, str, Any]]:
        """Return the form fields as they are shown: each with its unit, and with the switch that takes its file away."""
        form: Any = self
        return [(form[self.names[one.id]], one.unit, form._fields.get(_gone(one))) for one in self.asked]

    def answers(self) -> dict[str, Any]:
        """Return the columns, and the answers to the category's fields."""
        answers: dict[str, Any] = cast(Any, super()).answers()
        taken = {one: (answers.pop(self.names[one.id]), answers.pop(_gone(one), False)) for one in self.asked}
        values = {one.id: self._value(one, data) for one, (data, _) in taken.items() if one.kind != "file"}
        # No new file leaves the one that is there.
        brought = {one.id: data for one, (data, is_gone) in taken.items() if one.kind == "file" and (data or is_gone)}
        kept = {field_id: self._kept(data) for field_id, data in brought.items()}
        return answers | {"fields": values | kept}

    def _value(self, one: Asked, data: Any) -> Value:
        if one.kind == "choice":
            return tuple(data or ()) if one.many else (data,) if data else None
        return data if data not in ("", None) else None

    def _kept(self, upload: Any) -> KeptFile | None:
        return files.keep(upload, tenant_id=current_tenant_id(), owner=self.owner) if upload else None


def asking_form(base: type[FormType], fields: Sequence[Asked], values: Values, *, owner: UUID) -> type[FormType]:
    """Return a form that asks for some fields after those of `base`. `values` are the answers that there are: of a choice that
    is offered no more, what was chosen stays; a file need not be brought again.
    """
    names = {one.id: f"field_{one.id.hex}" for one in fields}
    made: dict[str, Any] = {}
    for one in fields:
        held = values.get(one.id)
        made[names[one.id]] = _form_field(one, held)
        if isinstance(held, KeptFile) and not one.required:
            made[_gone(one)] = Switch(_("Take “%(name)s” away", name=held.name))
    members = {**made, "asked": tuple(fields), "names": names, "owner": str(owner)}
    return cast(type[FormType], type(base.__name__, (Asking, base), members))


def shown_values(fields: Sequence[Asked], values: Values) -> dict[str, Any]:
    """Return what the form fields show of the answers that there are."""
    shown: dict[str, Any] = {}
    for one in fields:
        value, name = values.get(one.id), f"field_{one.id.hex}"
        if isinstance(value, tuple):
            shown[name] = list(value) if one.many else value[0]
        elif one.kind != "file":
            shown[name] = value
    return shown


def typed_values(fields: Sequence[Asked], values: Values) -> list[tuple[str, str]]:
    """Return the answers that there are as a page would send them; files stay where they are."""
    typed: list[tuple[str, str]] = []
    for one in fields:
        value, name = values.get(one.id), f"field_{one.id.hex}"
        if isinstance(value, tuple):
            typed += [(name, str(option_id)) for option_id in value]
        elif value is not None and one.kind != "file":
            typed.append((name, plain(value) if isinstance(value, int) else str(value)))
    return typed


def _gone(one: Asked) -> str:
    return f"gone_{one.id.hex}"


def _form_field(one: Asked, held: Value) -> Field:
    options: dict[str, Any] = {"required": one.required, "hint": _hint(one, held)}
    if one.kind == "number":
        return Quantity(one.name, least=one.least, most=one.most, **options)
    elif one.kind == "choice" and one.many:
        return Choices(one.name, options=_offered(one, held), least=1 if one.required else 0, **options)
    elif one.kind == "choice":
        return Choice(one.name, options=[(None, _("Please choose")), *_offered(one, held)], **options)
    elif one.kind == "date":
        return Date(one.name, **options)
    elif one.kind == "link":
        return WebLink(one.name, **options)
    elif one.kind == "file":
        return File(one.name, **options | {"required": one.required and held is None})
    else:
        return Text(one.name, max=300, **options)


def _offered(one: Asked, held: Value) -> list[tuple[UUID, str]]:
    chosen = held if isinstance(held, tuple) else ()
    return [(option.id, option.name) for option in one.options if not option.is_retired or option.id in chosen]


def _hint(one: Asked, held: Value) -> str:
    """Return what leaders say of it, what it takes, and who will see it: whole sentences after one another."""
    said = [one.help] if one.help else []
    if one.least is not None and one.most is not None:
        said.append(_("From %(least)s to %(most)s.", least=amount(one.least), most=amount(one.most)))
    if isinstance(held, KeptFile):
        said.append(_("“%(name)s” is there; another file takes its place.", name=held.name))
    if one.visibility == "members":
        said.append(_("Only members see it."))
    elif one.visibility == "agreement":
        said.append(_("Only whoever agrees with you sees it, and not before."))
    return " ".join(said)
