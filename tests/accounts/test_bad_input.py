"""Whatever is sent to the doors, they answer with a page that says what to mend."""

import pytest

from tests.accounts.walking import ID

HOSTILE = {
    "nothing": "",
    "a null byte": "ma\x00ya@example.org",
    "a direction mark": "maya\u202e@example.org",
    "markup": "<script>alert(1)</script>@example.org",
    "a quote": "'; DROP TABLE users; --",
    "a header": "maya@example.org\r\nBcc: everybody@example.org",
    "half a character": "maya@example.org\ud800".encode("utf-8", "surrogatepass"),
    "too long": "a" * 300 + "@example.org",
    "ten megabytes": "a" * 10_000_000,
    "two addresses": "maya@example.org, sam@example.org",
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("address", ["/sign-in", "/sign-up", "/password/forgotten"])
def test_a_bad_address_is_refused_in_words(walker, app, address, value):
    answer = walker.post(
        ID + address, {"email": value, "name": "Maya", "password": "four quiet herons wait", "by": "code"}
    )
    assert answer.status_code in (413, 422)
    assert "<script>alert" not in answer.text
    if answer.status_code == 422:
        assert 'role="alert"' in answer.text


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_a_bad_code_is_refused_in_words(walker, maya, value):
    walker.post(f"{ID}/sign-in", {"email": "maya@example.org", "by": "code"})
    answer = walker.post(f"{ID}/code", {"digits": value})
    assert answer.status_code in (413, 422)


@pytest.mark.parametrize("name", ["", " \u200b ", "a" * 81, "Maya\x00", "Maya\u202eOkafor"])
def test_a_bad_name_is_refused_in_words(walker, maya, name):
    walker.sign_in("maya@example.org")
    assert walker.post(f"{ID}/name", {"name": name}).status_code == 422
    assert maya.name == "Maya Okafor"


@pytest.mark.parametrize("password", ["", "short", "x" * 257, "four quiet\x00herons wait", "a" * 10_000_000])
def test_a_bad_password_is_refused_in_words(walker, maya, password):
    walker.sign_in("maya@example.org")
    assert walker.post(f"{ID}/password", {"password": password}).status_code in (413, 422)


@pytest.mark.parametrize("path", ["/passage", "/passage?hall[]=x", "/sign-in?hall=%00", "/sign-in?hall=" + "a" * 5000])
def test_a_bad_address_line_breaks_nothing(walker, app, path):
    assert walker.get(ID + path).status_code in (200, 404, 422)
