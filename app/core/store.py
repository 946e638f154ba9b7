"""Where bytes lie that people brought: under a key, outside anything the web serves by itself."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from app.core.config import config

_KEY = re.compile(r"[a-z]+/\d+/[0-9a-f]{2}/[0-9a-f]{32}(-[a-z]+)?(\.[a-z]+)?")


class Store(Protocol):
    """A place for bytes. Keys are `kind/tenant/ab/digest`; what lies under one never changes."""

    def put(self, key: str, content: bytes) -> None:
        """Keep `content`; the same key again changes nothing."""
        ...

    def get(self, key: str) -> bytes | None:
        """Return what lies under a key, or None. Nothing here is larger than an upload may be."""
        ...

    def delete(self, key: str) -> None:
        """Remove what lies under a key, if anything does."""
        ...


class Folder:
    """A store in a local folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: a reader never meets half a file.
        draft = path.with_name(f".{path.name}.{uuid4().hex}")
        draft.write_bytes(content)
        os.replace(draft, path)

    def get(self, key: str) -> bytes | None:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is not a key of the store")
        return self.root / key


#: Told of a key and its size in bytes before anything is put there; whoever raises keeps it out.
Keeping = Callable[[str, int], None]
#: Told of a key of which nothing is left.
Forgetting = Callable[[str], None]

_watchers: list[tuple[Keeping, Forgetting]] = []


def watch(keeping: Keeping, forgetting: Forgetting) -> None:
    """Have two functions told of whatever is kept and forgotten."""
    _watchers.append((keeping, forgetting))


class Watched:
    """A store whose watchers are told first."""

    def __init__(self, kept: Store) -> None:
        self._kept = kept

    def put(self, key: str, content: bytes) -> None:
        for keeping, _ in _watchers:
            keeping(key, len(content))
        self._kept.put(key, content)

    def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    def delete(self, key: str) -> None:
        self._kept.delete(key)
        for _, forgetting in _watchers:
            forgetting(key)


def store() -> Store:
    """Return the store of the current application."""
    return Watched(Folder(config().var_dir))


def key_for(kind: str, tenant_id: int, digest: str, variant: str = "") -> str:
    """Return the key of a tenant's bytes by their digest; a variant is “-small.webp”."""
    return f"{kind}/{int(tenant_id)}/{digest[:2]}/{digest}{variant}"
