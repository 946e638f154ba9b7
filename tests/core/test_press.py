"""What is made in a process of its own leaves nothing behind, also when the process is killed."""

import subprocess
import tempfile
from pathlib import Path

import pytest

from app.core.press import NotPressed, pressed


def test_a_process_that_is_killed_leaves_no_folder_behind(tmp_path, monkeypatch):
    folders = []

    def killed(command, **_):
        folders.append(Path(command[-1]))
        (folders[0] / "typeface.ttf").write_bytes(b"letters")
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(subprocess, "run", killed)
    with pytest.raises(NotPressed):
        pressed("app.statements.press", {})
    assert folders[0].parent == tmp_path
    assert list(tmp_path.iterdir()) == []
