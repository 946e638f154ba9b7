"""Fields for words: lines, paragraphs, addresses, links, tags."""

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from wtforms.widgets import EmailInput, HiddenInput, PasswordInput, TextArea, URLInput

from app.core.forms.base import TextField, short
from app.core.forms.cleaning import Cleaned, clean_paragraphs, is_blank
from app.core.languages import gettext as _
from app.core.wording import number


class Text(TextField):
    """A line of words; the empty answer is an empty text. `min` is the fewest characters."""

    empty = ""

    def __init__(self, label: str, *args: Any, min: int = 0, **options: Any) -> None:  # noqa: A002
        super().__init__(label, *args, **options)
        self.shortest = min

    def parse(self, text: str) -> str:
        if len(text) < self.shortest:
            raise ValueError(
                _(
                    "This is %(text)s characters; at least %(shortest)s are needed.",
                    text=number(len(text)),
                    shortest=number(self.shortest),
                )
            )
        return text


class Paragraphs(Text):
    """Words over many lines."""

    shape = "TextAreaField"
    widget = TextArea()

    def clean(self, typed: str) -> Cleaned:
        return clean_paragraphs(typed)


class Hidden(Text):
    """A line that the page sends along without showing it."""

    shape = "HiddenField"
    widget = HiddenInput()


class Secret(TextField):
    """A password or a code: kept exactly as typed (a space may belong to it), never shown again."""

    shape = "PasswordField"
    widget = PasswordInput()
    empty = ""

    def clean(self, typed: str) -> Cleaned:
        cleaned = clean_paragraphs(typed)
        return cleaned if cleaned.complaint else Cleaned(typed, len(typed))

    def _value(self) -> str:
        return ""


class EmailAddress(TextField):
    """One e-mail address, in lower case: people type theirs in any, and no provider tells apart."""

    shape = "EmailField"
    widget = EmailInput()
    max = 254
    empty = ""

    def __init__(self, label: str, *args: Any, **options: Any) -> None:
        attributes = {
            "autocomplete": "email",
            "inputmode": "email",
            "spellcheck": "false",
            **(options.pop("attributes", None) or {}),
        }
        super().__init__(label, *args, attributes=attributes, **options)

    def parse(self, text: str) -> str:
        return email_address(text)


def email_address(text: str) -> str:
    """Return an e-mail address as it is kept.

    :raises ValueError: with words for the person, when it is none.
    """
    # Imported here: a worker that shows no such form need not hold its tables.
    from email_validator import EmailNotValidError, validate_email

    try:
        address = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ValueError(_("“%(text)s” is not an e-mail address such as maya@example.com.", text=short(text))) from None
    return str(address.ascii_email).lower()


class WebLink(TextField):
    """An address on the web, http or https only; `https://` is added where it was left out."""

    shape = "URLField"
    widget = URLInput()
    max = 2000
    empty = ""

    def __init__(self, label: str, *args: Any, **options: Any) -> None:
        attributes = {"inputmode": "url", **(options.pop("attributes", None) or {})}
        super().__init__(label, *args, attributes=attributes, **options)

    def parse(self, text: str) -> str:
        return web_link(text)


def web_link(text: str) -> str:
    """Return an address on the web as it is kept.

    :raises ValueError: with words for the person, when it is none.
    """
    wrong = ValueError(_("“%(text)s” is not a web address such as https://example.com/work.", text=short(text)))
    named = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d)", text)
    if named and named[1].lower() not in ("http", "https"):
        raise ValueError(_("“%(text)s” must begin with https:// or http://.", text=short(text)))
    try:
        parts = urlsplit(text if named else f"https://{text.lstrip('/')}")
        host, _port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        raise wrong from None
    if " " in text or not re.fullmatch(r"[^\s.]+(\.[^\s.]+)+", host):
        raise wrong
    elif parts.username or parts.password:
        raise ValueError(_("A web address with a name or password before an @ is not taken."))
    return urlunsplit(parts._replace(scheme=parts.scheme.lower()))


class Place(Text):
    """A place by its name, as “Lisbon” or “Lisbon, Portugal”."""

    max = 120

    def parse(self, text: str) -> str:
        name = ", ".join(part for part in (p.strip() for p in text.split(",")) if part)
        if not any(character.isalpha() for character in name):
            raise ValueError(_("“%(text)s” is not the name of a place, such as Lisbon.", text=short(text)))
        return super().parse(name)


class TagList(TextField):
    """Short tags with commas or new lines between them, as a list in the order typed.

    Repeated tags count once, whatever their case. `most` tags at most, each of `each` characters.
    """

    widget = TextArea()
    max = 2000

    def __init__(self, label: str, *args: Any, most: int = 20, each: int = 60, **options: Any) -> None:
        super().__init__(label, *args, **options)
        self.most, self.each = most, each
        self.empty: list[str] = []

    def clean(self, typed: str) -> Cleaned:
        return clean_paragraphs(typed)

    def parse(self, text: str) -> list[str]:
        tags: dict[str, str] = {}
        for part in re.split(r"[,;\n]", text):
            tag = " ".join(part.split())
            if not is_blank(tag):
                tags.setdefault(tag.casefold(), tag)
        for tag in tags.values():
            if len(tag) > self.each:
                raise ValueError(
                    _(
                        "“%(tag)s” is %(tag_2)s characters; at most %(each)s for each.",
                        tag=short(tag),
                        tag_2=number(len(tag)),
                        each=self.each,
                    )
                )
        if len(tags) > self.most:
            raise ValueError(_("These are %(tags)s; at most %(most)s fit.", tags=number(len(tags)), most=self.most))
        return list(tags.values())

    def show(self, value: list[str]) -> str:
        return ", ".join(value)


class Lines(TextField):
    """Short texts, one on each line, as a list: `most` of them, each of at most `each` characters."""

    shape = "TextAreaField"
    widget = TextArea()
    max = 1500

    def __init__(self, label: str, *args: Any, most: int, each: int, **options: Any) -> None:
        super().__init__(label, *args, **options)
        self.most, self.longest_line = most, each
        self.empty: list[str] = []

    def clean(self, typed: str) -> Cleaned:
        return clean_paragraphs(typed)

    def parse(self, text: str) -> list[str]:
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if len(lines) > self.most:
            raise ValueError(_("These are %(lines)s lines; at most %(most)s fit.", lines=len(lines), most=self.most))
        elif any(len(line) > self.longest_line for line in lines):
            raise ValueError(
                _("Each line may have %(longest_line)s characters at most.", longest_line=self.longest_line)
            )
        return lines

    def show(self, value: list[str]) -> str:
        return "\n".join(value)
