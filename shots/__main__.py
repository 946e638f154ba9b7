"""`make shots`: take the pictures, and lay them out on a contact sheet."""

import argparse
import shutil
import time

from app.core.config import ROOT
from shots import pictures, sheet
from shots.camera import Shot, camera
from shots.scenes import SCENES
from shots.site import SiteFailed, running

FOLDER = ROOT / "var" / "shots"
_KEPT = "pictures"


def main() -> None:
    names = [scene.name for scene in SCENES]
    parser = argparse.ArgumentParser(prog="make shots", description=__doc__)
    parser.add_argument(
        "only",
        nargs="*",
        choices=[*names, _KEPT, []],
        help=f"all scenes when none is named; '{_KEPT}' renews those of the front page and the README instead",
    )
    only = parser.parse_args().only
    started = time.monotonic()
    try:
        with running() as site, camera(site) as eye:
            if only == [_KEPT]:
                for file in pictures.keep(eye):
                    print(f"  {file.relative_to(ROOT)}  {file.stat().st_size // 1000} KB", flush=True)
                return
            shutil.rmtree(FOLDER, ignore_errors=True)
            FOLDER.mkdir(parents=True)
            taken: list[Shot] = []
            for scene in SCENES:
                if not only or scene.name in only:
                    taken += eye.take(scene, FOLDER)
                    print(f"  {scene.name:<18}{len(taken):>4}  {time.monotonic() - started:5.0f} s", flush=True)
    except SiteFailed as failure:
        raise SystemExit(f"make shots: {failure}") from None
    page, picture = sheet.write(taken, FOLDER)
    print(f"Look at {page.relative_to(ROOT)}, or at all of it in {picture.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
