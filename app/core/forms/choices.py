"""Fields for picking: one of a list, several of a list, yes or no."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wtforms.fields.choices import Choice as Shown
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput, Select

from app.core.forms.base import Field, short
from app.core.forms.cleaning import clean_line
from app.core.languages import gettext as _

# More values than any list of ours has; the rest of a hostile request is not looked at.
_MOST_VALUES = 500


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick: `value` is what the handler gets, `key` what the page sends for it."""

    value: Any
    label: str
    group: str = ""

    @property
    def key(self) -> str:
        return "" if self.value is None else str(self.value)


Options = Iterable[Option | tuple[Any, str]] | Mapping[Any, str]


class Picking(Field, SelectFieldBase):  # type: ignore[misc]
    """What `Choice` and `Choices` share: the list, and the keys that the page sent.

    `options` are pairs of value and label, a mapping, `Option`s, or a function that gives them.
    The list can also be set after the form is made, before it is validated.
    """

    def __init__(
        self,
        label: str,
        *args: Any,
        options: Options | Callable[[], Options] = (),
        **more: Any,
    ) -> None:
        self._keys: list[str] | None = None
        self._given: Any = None
        self._resolved: list[Option] | None = None
        super().__init__(label, *args, **more)
        self.options = options

    @property
    def options(self) -> list[Option]:
        if self._resolved is None:
            found = self._options() if callable(self._options) else self._options
            pairs = found.items() if isinstance(found, Mapping) else found
            self._resolved = [pair if isinstance(pair, Option) else Option(*pair) for pair in pairs]
        return self._resolved

    @options.setter
    def options(self, options: Options | Callable[[], Options]) -> None:
        self._options = options
        # Asked for once in a form's life: a function may be a question to the database.
        self._resolved = None

    @property
    def data(self) -> Any:
        """Return the value of what was picked, looked up in the list as it is now."""
        return self._given if self._keys is None else self._picked(self._keys)

    @data.setter
    def data(self, value: Any) -> None:
        self._given, self._keys = value, None

    @property
    def picked_keys(self) -> list[str]:
        """Return the keys to show as picked, also those that are not in the list."""
        raise NotImplementedError

    def read(self, values: list[Any]) -> None:
        typed = [value for value in values[:_MOST_VALUES] if isinstance(value, str)]
        self._keys = [key for key in (clean_line(value[:500]).text for value in typed) if key]

    def pre_validate(self, form: Any) -> None:
        known = {option.key for option in self.options}
        for key in self._keys or ():
            if key not in known:
                raise StopValidation(_("“%(key)s” is not one of the choices here.", key=short(key)))
        super().pre_validate(form)

    def missing_message(self) -> str:
        return self.missing or _("Please choose one.")

    def has_groups(self) -> bool:
        return any(option.group for option in self.options)

    def iter_choices(self) -> Iterator[Shown]:
        picked = set(self.picked_keys)
        for option in self.options:
            yield Shown(option.key, option.label, option.key in picked, {})

    def iter_groups(self) -> Iterator[tuple[str | None, list[Shown]]]:
        by_group = zip(self.options, self.iter_choices(), strict=True)
        for group, members in groupby(by_group, key=lambda member: member[0].group):
            yield group or None, [shown for _, shown in members]

    def _picked(self, keys: list[str]) -> Any:
        raise NotImplementedError


class Choice(Picking):
    """One of the options, as a drop-down list or, with `radios`, as radio buttons.

    The data is the option's value itself: a UUID for a list of UUIDs.
    """

    widget = Select()

    def __init__(self, label: str, *args: Any, radios: bool = False, **options: Any) -> None:
        self.shape = "RadioField" if radios else "SelectField"
        self.anchored_at_first = radios
        if radios:
            options.update(widget=ListWidget(prefix_label=False), option_widget=RadioInput())
        super().__init__(label, *args, **options)

    @property
    def picked_keys(self) -> list[str]:
        if self._keys is not None:
            return self._keys[:1]
        return [] if self.data is None else [Option(self.data, "").key]

    def _picked(self, keys: list[str]) -> Any:
        return next((option.value for option in self.options if option.key in keys[:1]), None)


class Choices(Picking):
    """Any of the options, as tick boxes. The data is a list in the order of the options.

    `least` and `most` bound how many.
    """

    shape = "ChoicesField"
    anchored_at_first = True
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, *args: Any, least: int = 0, most: int | None = None, **options: Any) -> None:
        super().__init__(label, *args, **options)
        self.least, self.most = least, most
        self.empty = []

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if len(self.data) < self.least:
            raise StopValidation(_("Please choose %(least)s at least.", least=self.least))
        elif self.most is not None and len(self.data) > self.most:
            raise StopValidation(_("%(data)s are chosen; at most %(most)s.", data=len(self.data), most=self.most))

    @property
    def picked_keys(self) -> list[str]:
        if self._keys is not None:
            return self._keys
        return [Option(value, "").key for value in self.data or ()]

    def missing_message(self) -> str:
        return self.missing or _("Please choose one at least.")

    def _picked(self, keys: list[str]) -> list[Any]:
        return [option.value for option in self.options if option.key in keys]


class Switch(Field):
    """Yes or no. A required switch has to be yes, as for accepting terms."""

    shape = "BooleanField"
    widget = CheckboxInput()
    empty = False

    def process_data(self, value: Any) -> None:
        self.data = bool(value)

    def read(self, values: list[Any]) -> None:
        # A page may send a hidden “0” before the box itself, so the last one counts.
        typed = values[-1]
        word = clean_line(typed[:100]).text.lower() if isinstance(typed, str) else "?"
        if word in ("y", "yes", "on", "true", "1"):
            self.data = True
        elif word not in ("", "n", "no", "off", "false", "0"):
            raise ValueError(_("“%(word)s” is neither yes nor no.", word=short(word)))

    def missing_message(self) -> str:
        return self.missing or _("Please tick this to go on.")

    def _value(self) -> str:
        return "y"
