"""Chromium, and what it takes of a scene: on a phone and a desk, by day and by night."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shots.scenes import COLOURS, Scene
from shots.site import Site, sign_in

WIDTHS = {"phone": 390, "desk": 1280}
SCHEMES = ("light", "dark")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_FLAGS += ["--disable-sync", "--no-first-run", "--hide-scrollbars"]
_HEIGHT = "Math.max(document.documentElement.scrollHeight, innerHeight)"
# What is lazy is loaded when it is looked at.
_LOAD_PICTURES = """() => Promise.all([...document.images].map((one) => {
  one.loading = "eager";
  return one.decode().catch(() => {});
}))"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture that was taken."""

    scene: str
    preset: str
    device: str
    scheme: str
    file: Path


@dataclass(slots=True)
class Camera:
    """A browser in which the demo's people are signed in once each."""

    browser: Any
    site: Site
    _states: dict[tuple[str, str], Any] = field(default_factory=dict)

    def take(self, scene: Scene, folder: Path) -> Iterator[Shot]:
        """Yield the pictures of a scene, one for each look, device and scheme."""
        own = self.site.look_of(scene.hall) if scene.hall else ("", "")
        looks = COLOURS if scene.wears_all else dict([own])
        for preset, colour in looks.items():
            if scene.wears_all:
                self.site.wear(scene.hall, preset, colour)
            for device, width in WIDTHS.items():
                for scheme in SCHEMES:
                    file = folder / "-".join(filter(None, (scene.name, preset, device, f"{scheme}.png")))
                    with self.page(scene, width=width, scheme=scheme) as page:
                        # A window as high as the page: what stays at its edge stands at the page's, not across its middle.
                        page.set_viewport_size({"width": width, "height": page.evaluate(_HEIGHT)})
                        page.screenshot(path=file, full_page=True)
                    yield Shot(scene.name, preset, device, scheme, file)
        if scene.wears_all:
            self.site.wear(scene.hall, *own)

    @contextmanager
    def page(self, scene: Scene, *, width: int, height: int = 900, scheme: str, scale: float = 1) -> Iterator[Any]:
        """Give the scene's page in a window, everything on it loaded."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            device_scale_factor=scale,
            storage_state=self._state(scene),
        )
        # A busy machine takes its time over a page as tall as a listing.
        context.set_default_timeout(180_000)
        page = context.new_page()
        answer = page.goto(self.site.url(scene.hall, scene.path(self.site)), wait_until="load")
        if answer.status >= 400:
            raise RuntimeError(f"{scene.name}: {answer.url} answered {answer.status}")
        page.evaluate(_LOAD_PICTURES)
        yield page
        context.close()

    def _state(self, scene: Scene) -> Any:
        if not scene.who:
            return None
        key = scene.hall, scene.who
        if key not in self._states:
            context = self.browser.new_context()
            sign_in(context.new_page(), self.site, scene.hall, scene.who)
            self._states[key] = context.storage_state()
            context.close()
        return self._states[key]


@contextmanager
def camera(site: Site) -> Iterator[Camera]:
    """Give a camera for the length of the block."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        raise SystemExit("Chromium is missing: bin/chromium says how to bring it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield Camera(browser, site)
        browser.close()
