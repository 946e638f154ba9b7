"""What was answered, in words."""

from collections.abc import Callable, Iterable
from datetime import date

from markupsafe import Markup

from app.core.files import KeptFile
from app.core.forms.uploads import in_megabytes
from app.core.languages import gettext as _
from app.core.languages import language
from app.core.locales import decimal
from app.core.wording import full_day, listed
from app.fields.queries import Asked
from app.fields.values import Value, Values

Row = tuple[str, str]
#: Where a file lies that was answered with.
Address = Callable[[Asked], str]


def amount(hundredths: int) -> str:
    """Return a number with its decimals, as far as it has any: 250 → “2.5”."""
    return decimal(hundredths, language())


def rows(fields: Iterable[Asked], values: Values, address: Address) -> list[Row]:
    """Return label and words of each field that was answered."""
    return [
        (field.name, said(field, values[field.id], address)) for field in fields if values.get(field.id) is not None
    ]


def said(field: Asked, value: Value, address: Address | None = None) -> str:
    """Return an answer in words; links and files as what leads there, where an address is given."""
    if isinstance(value, tuple):
        names = [option.name for option_id in value if (option := field.option(option_id)) is not None]
        return listed(names)
    elif isinstance(value, KeptFile):
        size = in_megabytes(value.size)
        label = _("%(name)s (%(size)s)", name=value.name, size=size)
        return Markup('<a href="{}" download>{}</a>').format(address(field), label) if address else label
    elif isinstance(value, date):
        return full_day(value)
    elif isinstance(value, int):
        return f"{amount(value)}\u00a0{field.unit}" if field.unit else amount(value)
    elif field.kind == "link" and value and address:
        return Markup('<a href="{0}" rel="nofollow ugc noopener">{1}</a>').format(value, _bare(value))
    else:
        return value or ""


def _bare(link: str) -> str:
    shown = link.partition("://")[2].rstrip("/") or link
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
