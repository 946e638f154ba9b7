"""Forms as a browser finds them in a page: where they go, which fields they have, and what stands in them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WRITTEN = {"text", "search", "email", "url", "tel", "date", "number", "textarea", "password", "color", "time"}


@dataclass
class Input:
    """One field: its kind, what stands in it, and for choices what it offers."""

    name: str
    kind: str
    value: str = ""
    required: bool = False
    offers: list[str] = field(default_factory=list)


@dataclass
class FoundForm:
    """One form of a page, found at `page`."""

    page: str
    action: str
    method: str
    inputs: dict[str, Input] = field(default_factory=dict)
    takes_files: bool = False

    @property
    def written(self) -> list[Input]:
        return [one for one in self.inputs.values() if one.kind in WRITTEN]

    @property
    def chosen(self) -> list[Input]:
        return [one for one in self.inputs.values() if one.kind in ("radio", "select", "checkbox")]

    def answers(self) -> dict[str, object]:
        """Return what a browser would send of the form as it stands."""
        return {one.name: one.value for one in self.inputs.values() if one.kind != "checkbox" or one.value}


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[FoundForm] = []
        self._form: FoundForm | None = None
        self._area: Input | None = None
        self._select: Input | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action") or self.page
            self._form = FoundForm(self.page, action, given.get("method", "get").lower())
            self._form.takes_files = "multipart" in given.get("enctype", "")
            self.forms.append(self._form)
        elif self._form is not None and given.get("name"):
            self._note(tag, given)
        elif tag == "option" and self._select is not None:
            self._select.offers.append(given.get("value", ""))
            if "selected" in given or not self._select.value:
                self._select.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data.removeprefix("\n")

    def _note(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name, required = given["name"], "required" in given
        if tag == "textarea":
            self._area = self._form.inputs.setdefault(name, Input(name, "textarea", required=required))
        elif tag == "select":
            self._select = self._form.inputs.setdefault(name, Input(name, "select", required=required))
        elif tag == "input":
            kind = given.get("type", "text")
            found = self._form.inputs.setdefault(name, Input(name, kind, required=required))
            if kind in ("radio", "checkbox"):
                found.offers.append(given.get("value", "y"))
                if "checked" in given:
                    found.value = given.get("value", "y")
            else:
                found.value = given.get("value", "")


def forms_of(page: str, html: str) -> list[FoundForm]:
    """Return the forms of a page that change something."""
    reader = _Reader(page)
    reader.feed(html)
    return [form for form in reader.forms if form.method == "post"]
