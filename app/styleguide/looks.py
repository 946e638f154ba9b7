"""Which look a page of the guide wears: a preset, a colour, light or dark, as its address asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from themes.presets import PRESETS
from themes.stylesheet import stylesheet_url

SCHEMES = {"light": "Light", "dark": "Dark"}


@dataclass(frozen=True, slots=True)
class Looks:
    """The look asked for, and the addresses of the others. Without a preset it is Guildhall's own."""

    preset: str
    colour: str
    scheme: str

    @classmethod
    def asked(cls) -> "Looks":
        """Return what `?preset=workshop&colour=1f4fd8&scheme=dark` asks for; what makes no sense is left out."""
        preset, colour, scheme = (request.args.get(name, "") for name in ("preset", "colour", "scheme"))
        return cls(
            preset=preset if preset in PRESETS else "",
            colour=colour if re.fullmatch("[0-9a-f]{6}", colour) else "",
            scheme=scheme if scheme in SCHEMES else "",
        )

    @property
    def chosen(self) -> tuple[str, str] | None:
        """Return preset and brand colour, or None for Guildhall's own look."""
        if not self.preset:
            return None
        return self.preset, f"#{self.colour}" if self.colour else PRESETS[self.preset].brand_colour

    @property
    def stylesheet_url(self) -> str | None:
        return stylesheet_url(*self.chosen) if self.chosen else None

    @property
    def query(self) -> str:
        """Return what to add to an address to keep this look."""
        kept = {name: value for name in ("preset", "colour", "scheme") if (value := getattr(self, name))}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def presets(self) -> list[dict[str, object]]:
        """Return the presets as tabs."""
        named = {"": "Guildhall"} | {key: preset.label for key, preset in PRESETS.items()}
        return [self._tab(label, Looks(key, "", self.scheme), key == self.preset) for key, label in named.items()]

    @property
    def schemes(self) -> list[dict[str, object]]:
        """Return the schemes as tabs."""
        named = {"": "As the system"} | SCHEMES
        return [
            self._tab(label, Looks(self.preset, self.colour, key), key == self.scheme) for key, label in named.items()
        ]

    @staticmethod
    def every() -> Iterator[tuple[str, str]]:
        """Give a title and a query for each preset by day and by night."""
        for key, preset in PRESETS.items():
            for scheme, words in SCHEMES.items():
                yield f"{preset.label}, {words.lower()}", Looks(key, "", scheme).query

    @staticmethod
    def _tab(label: str, look: "Looks", current: bool) -> dict[str, object]:
        return {"label": label, "href": request.path + look.query, "current": current}
