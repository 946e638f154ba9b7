"""Parameters as stripe-python's own types allow them: unknown, missing and mistyped ones are refused in Stripe's words.

A form carries texts only; what comes back has numbers, truths, lists and nested parameters as their types say.
"""

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import is_typeddict

from tests.stripe.problems import Problem

#: What a caller may say to the library rather than to Stripe.
_TO_THE_LIBRARY = frozenset(RequestOptions.__annotations__)


def decoded(form: str) -> dict[str, Any]:
    """Return a form nested by its brackets: `a[b][0]=x` → `{"a": {"b": {"0": "x"}}}`. Lists are numbered tables still."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        first, *rest = name.replace("]", "").split("[")
        where, keys = tree, [first, *rest]
        for number, key in enumerate(keys[:-1]):
            where = where.setdefault(key or str(len(where)), {})
            if not isinstance(where, dict):
                raise Problem(f"Invalid {'.'.join(keys[: number + 1])}", param=name)
        where[keys[-1] or str(len(where))] = value
    return tree


def read(given: dict[str, Any], shape: Any) -> dict[str, Any]:
    """Return decoded parameters as the types of a TypedDict say.

    :raises Problem: for the first that is unknown, missing or of another type.
    """
    return _table(given, shape, "")


@cache
def _fields(shape: Any) -> dict[str, tuple[Any, bool]]:
    """Return a TypedDict's parameters with their types, and whether they must be there."""
    # The library's own options are left out below, but their types are looked at all the same.
    known = {"StripeContext": str, "Mapping": Mapping}
    hints = get_type_hints(shape, localns=known, include_extras=True)
    return {
        name: (_bare(hint), get_origin(hint) is not NotRequired)
        for name, hint in hints.items()
        if name not in _TO_THE_LIBRARY or not _holds_options(shape)
    }


def _holds_options(shape: Any) -> bool:
    return set(shape.__annotations__) >= _TO_THE_LIBRARY


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) in (NotRequired, Required) else hint


def _table(given: Any, shape: Any, at: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Problem("Invalid object", param=at)
    fields = _fields(shape)
    for name in given:
        if name not in fields:
            where = _inside(at, name)
            raise Problem(f"Received unknown parameter: {where}", code="parameter_unknown", param=where)
    for name, (_, is_required) in fields.items():
        if is_required and name not in given:
            where = _inside(at, name)
            raise Problem(f"Missing required param: {where}.", code="parameter_missing", param=where)
    return {name: _value(value, fields[name][0], _inside(at, name)) for name, value in given.items()}


def _inside(at: str, name: str) -> str:
    return f"{at}[{name}]" if at else name


def _value(given: Any, hint: Any, at: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return given
    elif origin in (Union, UnionType):
        return _one_of(given, arguments, at)
    elif origin is Literal:
        return _one_of(given, (hint,), at)
    elif is_typeddict(hint):
        return _table(given, hint, at)
    elif origin is list:
        return _list(given, arguments[0], at)
    elif origin in (dict, UntypedStripeObject):
        if not isinstance(given, dict):
            raise Problem("Invalid object", param=at)
        return {name: _value(value, arguments[-1], _inside(at, name)) for name, value in given.items()}
    else:
        return _plain(given, hint, at)


def _one_of(given: Any, options: tuple[Any, ...], at: str) -> Any:
    words = [word for option in options if get_origin(option) is Literal for word in get_args(option)]
    if given in words or given in [str(word) for word in words]:
        return given
    # A list of words with `str` beside it is how the library leaves room for words to come; Stripe knows no others.
    is_closed = bool(words) and words != [""]
    refusal = Problem(f"Invalid {at}: must be one of {', '.join(map(str, words))}", param=at)
    for option in sorted(options, key=lambda option: option is str):
        if get_origin(option) is Literal or option is NoneType or (option is str and is_closed):
            continue
        try:
            return _value(given, option, at)
        except Problem as problem:
            refusal = problem if not is_closed or isinstance(given, dict) else refusal
    raise refusal


def _list(given: Any, hint: Any, at: str) -> list[Any]:
    if not isinstance(given, dict) or not all(number.isdecimal() for number in given):
        raise Problem("Invalid array", param=at)
    return [_value(given[number], hint, f"{at}[{number}]") for number in sorted(given, key=int)]


def _plain(given: Any, hint: Any, at: str) -> Any:
    if not isinstance(given, str):
        raise Problem(f"Invalid {at}", param=at)
    if hint is bool:
        if given not in ("true", "false"):
            raise Problem(f"Invalid boolean: {given}", param=at)
        return given == "true"
    elif hint is int:
        if not given.removeprefix("-").isdecimal():
            raise Problem(f"Invalid integer: {given}", param=at, code="parameter_invalid_integer")
        return int(given)
    elif hint is str:
        return given
    else:
        try:
            return float(given)
        except ValueError:
            raise Problem(f"Invalid decimal: {given}", param=at) from None
