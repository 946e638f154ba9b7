"""A leader brings a list in, in Chromium: what comes in is seen before, watched, and what did not is downloaded."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_posting import Hall

pytestmark = pytest.mark.browser

LIST = "Job,Pay,Skills\nLetter a bakery,£300,Lettering\n,£20,\nMend the sign,lots,\n" + "".join(
    f"Paint door {number},15/h,Painting\n" for number in range(400)
)


@pytest.fixture(scope="module")
def hall(site):
    return Hall(site)


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_leader_brings_a_list_in(hall, person, tmp_path, script):
    mine = tmp_path / "list.csv"
    # Each browser's own list, since the same rows would be known before.
    mine.write_text(LIST.replace("door", f"door {script}"))
    page = person(script=script, width=390)
    hall.open(page, "/desk/imports/", who="ines")
    page.get_by_label("The file").set_input_files(mine)
    page.get_by_role("button", name="Look at its columns").click()
    assert page.get_by_label("Job").input_value() == "title"
    page.get_by_role("button", name="Look it over").click()
    assert page.get_by_text("401 gigs can come in. 2 rows cannot").is_visible()
    page.get_by_role("button", name="Bring them in").click()
    if script:
        page.get_by_role("heading", name="Your list is in").wait_for(timeout=60_000)
    else:
        _look_until(page, "Your list is in")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the rows to mend").click()
    assert "It has no title." in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="See the gigs").click()
    assert page.get_by_role("link", name=f"Paint door {script} 0", exact=True).first.is_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_its_pages_have_no_known_barrier(hall, person, tmp_path, dark):
    mine = tmp_path / "list.csv"
    mine.write_text("Title,Pay\nPaint a wall,£20\n,£20\n")
    page = person(dark=dark)
    hall.open(page, "/desk/imports/", who="ines")
    found = [_barriers(page)]
    page.get_by_label("The file").set_input_files(mine)
    for button in ("Look at its columns", "Look it over", "Bring them in"):
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
        found.append(_barriers(page))
    assert found == [[], [], [], []]


def _look_until(page, heading):
    for _ in range(120):
        if page.get_by_role("heading", name=heading).is_visible():
            return
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Look again").click()
    raise AssertionError(f"“{heading}” did not come")


def _barriers(page):
    return [violation["id"] for violation in Axe().run(page).response["violations"]]
