"""Every form reads hostile answers kindly: whatever is sent into any of its fields, it says what to mend and can be shown."""

import io
from importlib import import_module
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from app.core.forms import Form, TextField

ROOT = Path(__file__).parent.parent.parent

HOSTILE = {
    "nothing": "",
    "spaces": " \u00a0\u200b\t",
    "null": "a\x00b",
    "control": "a\x07\x1b[31mb",
    "bidi": "abc\u202egnp.exe",
    "surrogate": "a\ud800b",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "sql": "'; DROP TABLE gigs; --",
    "template": "{{ 7 * 7 }}{% raise %}${7*7}",
    "number": "-99999999999999999999999999.9e99",
    "infinite": "NaN",
    "digits": "٣٤٥²½",
    "date": "0000-13-45",
    "link": "javascript:alert(1)",
    "zalgo": "Z̴̢̛͓͎" * 30,
    "long": "x" * 10_485_760,
}


def _forms():
    """Give every form of the product."""
    for file in sorted(ROOT.glob("app/**/forms.py")):
        module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for name, found in sorted(vars(module).items()):
            if isinstance(found, type) and issubclass(found, Form) and found.__module__ == module.__name__:
                yield pytest.param(found, id=f"{module.__name__}.{name}")


@pytest.mark.parametrize("form_class", list(_forms()))
def test_a_form_survives_any_answer(hall, form_class):
    for kind, value in HOSTILE.items():
        sent = MultiDict(dict.fromkeys(form_class(MultiDict())._fields, value))
        _read_and_show(form_class, sent, kind)
    files = MultiDict({name: FileStorage(io.BytesIO(b"x"), "\u202egnp.exe\x00") for name in form_class()._fields})
    _read_and_show(form_class, files, "files")


@pytest.mark.parametrize("form_class", list(_forms()))
def test_too_long_an_answer_is_told_in_words(hall, form_class):
    form = form_class(MultiDict(dict.fromkeys(form_class(MultiDict())._fields, HOSTILE["long"])))
    form.validate()
    for field in form:
        if isinstance(field, TextField):
            assert "10,485,760 characters; at most" in field.problem, field.name


def _read_and_show(form_class, sent, kind):
    form = form_class(sent)
    form.validate()
    assert all(problem.message.strip() for problem in form.problems), kind
    for field in form:
        shown = field()
        assert "\x00" not in shown, f"{field.name} shows {kind}"
        assert "<script" not in shown, f"{field.name} shows {kind}"
        shown.encode()
        # What a model gets can be stored.
        if isinstance(field.data, str):
            assert "\x00" not in field.data
            field.data.encode()
