"""The pseudo-language, spoken for the length of a test."""

from typing import Any

import pytest

from app.core import languages
from tests.words.pseudo import CODE, Marked


@pytest.fixture
def pseudo(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Arabic is the pseudo-language for the test, and nothing of it is remembered afterwards."""
    mark, real = Marked(), languages._catalogue
    monkeypatch.setattr(languages, "_catalogue", lambda code: mark if code == CODE else real(code))
