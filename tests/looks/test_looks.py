"""The leader's page about the look: looked at before it is saved, kept in versions, and gone back to."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select, text
from werkzeug.datastructures import FileStorage, MultiDict

from app.core import clock, pictures
from app.core.database import db
from app.looks.bringing import bring, forget_unused
from app.looks.forms import LookForm
from app.looks.models import HallPicture, ThemeVersion
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Tenant, TenantVersions
from tests.factories import a_leader, a_member, acting
from themes.stylesheet import stylesheet_url
from themes.uploads import COVERS, LOGOS

HARBOUR = {"preset": "harbour", "brand_colour": "#0F5FA8", "tagline": "Ships and shops", "welcome": "**Ahoy** all"}


@pytest.fixture
def desk(hall, browser, roomy):
    return browser(a_leader())


def a_picture(width=900, height=400, kind="PNG", **options):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind, **options)
    return out.getvalue()


def sent(content, name="picture.png"):
    return io.BytesIO(content), name


def saved(desk, look=HARBOUR, *, seen=0, **more):
    return desk.post("/desk/look", data=look | {"seen": str(seen)} | more, content_type="multipart/form-data")


def versions():
    return db.session.scalars(select(ThemeVersion).where(scoped(ThemeVersion)).order_by(ThemeVersion.number)).all()


def the_tenant(hall):
    return db.session.get_one(Tenant, hall.id)


def test_what_is_saved_is_worn_at_once_and_the_look_before_is_kept(desk, hall):
    before = db.session.get_one(TenantVersions, hall.id).hall
    assert saved(desk).status_code == 302
    row = the_tenant(hall)
    assert (row.preset, row.brand_colour, row.tagline) == ("harbour", "#0f5fa8", "Ships and shops")
    assert [(one.number, one.preset, one.made_by is None) for one in versions()] == [
        (1, hall.preset, True),
        (2, "harbour", False),
    ]
    assert db.session.get_one(TenantVersions, hall.id).hall == before + 1
    page = desk.get("/").text
    assert stylesheet_url("harbour", "#0f5fa8") in page
    assert "Ships and shops" in page


def test_the_same_look_again_makes_no_version(desk):
    saved(desk)
    assert saved(desk, seen=2).status_code == 302
    assert len(versions()) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"brand_colour": "red;}"},
        {"brand_colour": ""},
        {"preset": "../etc"},
        {"tagline": "x" * 141},
        {"welcome": "a\x00b"},
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_of_what_was_typed_stays(desk, wrong):
    kept = {"tagline": "Typed with care"} if "tagline" not in wrong else {"welcome": "Typed with care"}
    answer = saved(desk, HARBOUR | kept | wrong)
    assert answer.status_code == 422
    assert "Typed with care" in answer.text
    assert versions() == []


def test_a_second_tab_overwrites_nothing_that_it_has_not_seen(desk):
    saved(desk)
    late = saved(desk, HARBOUR | {"tagline": "From the other tab"}, seen=0)
    assert late.status_code == 409
    assert "From the other tab" in late.text
    assert "Ines Moreau changed the look" in late.text
    assert [one.tagline for one in versions()][-1] == "Ships and shops"
    # Now it was told what is there, and decides again.
    seen = re.search(r'name="seen" value="(\d+)"', late.text)[1]
    assert saved(desk, HARBOUR | {"tagline": "From the other tab"}, seen=seen).status_code == 302


def test_a_client_that_does_not_say_what_it_saw_is_refused(desk):
    assert desk.post("/desk/look", data=HARBOUR).status_code == 409
    assert desk.post("/desk/look", data=HARBOUR | {"seen": "soon"}).status_code == 422


def test_one_click_goes_back_to_the_last_version_as_a_new_one(desk, hall):
    saved(desk)
    page = desk.get("/desk/look").text
    assert "Back to the last version" in page
    assert desk.post("/desk/look/restoration", data={"number": "1", "seen": "2"}).status_code == 302
    assert the_tenant(hall).preset == hall.preset
    assert [(one.number, one.restores) for one in versions()] == [(1, None), (2, None), (3, 1)]
    assert "back to version 1" in desk.get("/desk/look").text.lower()


def test_going_back_takes_a_version_that_there_is_and_the_one_that_was_seen(desk):
    saved(desk)
    assert desk.post("/desk/look/restoration", data={"number": "9", "seen": "2"}).status_code == 404
    late = desk.post("/desk/look/restoration", data={"number": "1", "seen": "1"})
    assert late.status_code == 409
    assert "Look at what it is now" in late.text
    assert desk.post("/desk/look/restoration", data={"number": "x"}).status_code == 422
    assert desk.post("/desk/look/restoration", data={"number": "2", "seen": "2"}).status_code == 302
    assert len(versions()) == 2


@pytest.mark.parametrize("page", ["front", "gigs", "people"])
def test_a_real_page_is_shown_before_anything_is_saved(desk, hall, page):
    before = db.session.get_one(TenantVersions, hall.id).hall
    shown = desk.post("/desk/look/preview", data=HARBOUR | {"page": page})
    assert shown.status_code == 200
    assert stylesheet_url("harbour", "#0f5fa8") in shown.text
    assert "<script" not in shown.text
    assert '<base target="_blank">' in shown.text
    if page == "front":
        assert "Ships and shops" in shown.text
        assert "Ahoy" in shown.text
    row = the_tenant(hall)
    assert (row.preset, row.tagline, row.welcome) == (hall.preset, hall.tagline, "")
    assert db.session.get_one(TenantVersions, hall.id).hall == before
    assert versions() == []


def test_what_was_only_looked_at_is_in_no_cache(desk, browser):
    for _ in range(2):
        desk.post("/desk/look/preview", data=HARBOUR | {"page": "front"})
        for reader in (desk, browser()):
            page = reader.get("/").text
            assert "Ships and shops" not in page
            assert "/theme-harbour" not in page


def test_a_look_that_cannot_be_shown_says_why_in_the_frame(desk):
    answer = desk.post("/desk/look/preview", data=HARBOUR | {"brand_colour": "blue"})
    assert answer.status_code == 422
    assert "six digits" in answer.text


def test_the_frame_begins_with_what_is(desk, hall):
    shown = desk.get("/desk/look/preview?page=gigs")
    assert stylesheet_url(hall.preset, hall.brand_colour) in shown.text
    assert desk.get("/desk/look/preview?page=elsewhere").status_code == 404


@pytest.mark.parametrize("path", ["", "/preview", "/pictures", "/restoration"])
def test_only_who_manages_the_hall_decides_how_it_looks(hall, browser, path):
    member = browser(a_member("Sam Reyes", roles=("moderator",)))
    assert member.post(f"/desk/look{path}", data=HARBOUR | {"number": "1", "seen": "0"}).status_code == 403
    assert browser().post(f"/desk/look{path}", data=HARBOUR).status_code == 302


def test_a_logo_is_the_icon_of_tabs_and_home_screens_until_it_is_taken_off(desk, browser):
    crest = icons(browser())
    assert [kind for _, kind in crest.values()] == ["image/svg+xml", "image/png", "image/png"]
    saved(desk, logo=sent(a_picture(400, 300)))
    brought = icons(browser())
    assert [kind for _, kind in brought.values()] == ["image/png"] * 3
    # Each look has addresses of its own, so that browsers may keep what lies there.
    assert not {address for address, _ in crest.values()} & {address for address, _ in brought.values()}
    for address, _ in brought.values():
        answer = browser().get(address)
        assert "immutable" in answer.headers["Cache-Control"]
        shown = Image.open(io.BytesIO(answer.data)).convert("RGB")
        assert shown.getpixel((shown.width // 2, shown.height // 2)) == pytest.approx((0, 128, 128), abs=4)
    saved(desk, seen=2, logo_gone="y", logo_kept="")
    assert icons(browser())["icon"][1] == "image/svg+xml"
    # A word is too small for a tab: the crest stays.
    saved(desk, seen=3, logo=sent(a_picture(600, 150)))
    assert icons(browser())["icon"][1] == "image/svg+xml"


def icons(visitor):
    """Return the address and kind of a page's `icon` and `touch` icon, and of the manifest's first."""
    page = visitor.get("/").text
    tab = re.search(r'<link rel="icon" href="([^"]+)" type="([^"]+)">', page).groups()
    touch = re.search(r'<link rel="apple-touch-icon" href="([^"]+)">', page)[1]
    first = visitor.get(re.search(r'<link rel="manifest" href="([^"]+)">', page)[1]).get_json(force=True)["icons"][0]
    return {"icon": tab, "touch": (touch, "image/png"), "manifest": (first["src"], first["type"])}


def test_a_logo_and_a_cover_stand_on_the_page_with_their_place_kept(desk, hall, browser):
    saved(desk, logo=sent(a_picture(600, 150)), cover=sent(a_picture(2400, 1200)))
    page = browser().get("/").text
    logo = re.search(r'<img class="plate__logo"[^>]+>', page)[0]
    assert 'width="176" height="44"' in logo
    assert re.findall(r"/logos/[0-9a-f]{32}-(\w+)\.webp (\d+)w", logo) == [
        ("small", "192"), ("medium", "384"), ("large", "600"),
    ]  # fmt: skip
    cover = re.search(r'<img class="hero__cover"[^>]+>', page)[0]
    assert 'width="2000" height="1000"' in cover
    assert [width for _, width in re.findall(r"-(\w+)\.webp (\d+)w", cover)] == ["768", "1280", "2000"]
    assert 'class="hero hero--covered"' in page
    for address in re.findall(r"(/(?:logos|covers)/[^ \"]+\.webp)", logo + cover):
        answer = browser().get(address)
        assert answer.mimetype == "image/webp"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_picture_is_not_chosen_twice(desk, hall):
    """A form that comes back for another reason remembers the file; so does one whose preview was asked for."""
    late = saved(desk, HARBOUR | {"brand_colour": "?"}, logo=sent(a_picture(300, 100)))
    assert late.status_code == 422
    name = re.search(
        r'name="logo_kept"[^>]*value="([0-9a-f]{32})"|value="([0-9a-f]{32})"[^>]*name="logo_kept"', late.text
    )
    assert saved(desk, logo_kept=next(filter(None, name.groups()))).status_code == 302
    assert the_tenant(hall).logo.endswith(" 300 100")


def test_a_picture_is_kept_while_the_form_is_still_being_filled_in(desk, hall):
    answer = desk.post("/desk/look/pictures", data={"cover": sent(a_picture())}, content_type="multipart/form-data")
    assert answer.status_code == 200
    assert desk.get(answer.json["src"]).status_code == 200
    shown = desk.post("/desk/look/preview", data=HARBOUR | {"cover_kept": answer.json["name"]})
    assert f"/covers/{answer.json['name']}-medium.webp" in shown.text
    assert the_tenant(hall).cover is None


def test_a_picture_is_taken_off_and_comes_back_with_its_version(desk, hall):
    saved(desk, logo=sent(a_picture(300, 100)))
    worn = the_tenant(hall).logo
    assert saved(desk, seen=2, logo_kept=worn.split()[0], logo_gone="y").status_code == 302
    assert the_tenant(hall).logo is None
    desk.post("/desk/look/restoration", data={"number": "2", "seen": "3"})
    assert the_tenant(hall).logo == worn
    assert desk.get(pictures.path(worn.split()[0], "small", LOGOS)).status_code == 200


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.png", "not a picture"),
        (b"<!doctype html><script>alert(1)</script>", "logo.webp", "not a picture"),
        (b"<svg/>", "logo.svg", "not one of these kinds"),
        (a_picture()[:300], "logo.png", "not a picture"),
        (a_picture(20, 20), "logo.png", "needs 32 × 32 at least"),
        (a_picture(2000, 40), "logo.png", "too long and thin"),
        (a_picture(6000, 5000), "logo.png", "too many pixels"),
        (b"", "logo.png", "is empty"),
    ],
    ids=["svg", "html", "ending", "truncated", "tiny", "thin", "bomb", "empty"],
)  # fmt: skip
def test_a_bad_upload_is_told_in_its_place_and_nothing_is_kept(desk, hall, content, name, words):
    answer = saved(desk, logo=sent(content, name))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Ships and shops" in answer.text
    told = desk.post("/desk/look/pictures", data={"logo": sent(content, name)}, content_type="multipart/form-data")
    assert words in told.json["problem"]
    assert db.session.scalars(select(HallPicture).where(scoped(HallPicture))).all() == []
    assert versions() == []


def test_a_picture_that_moves_is_refused(desk):
    frames = [Image.new("RGB", (200, 100), colour) for colour in ("red", "blue")]
    for kind in ("WEBP", "PNG"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        answer = saved(desk, logo=sent(out.getvalue(), f"logo.{kind.lower()}"))
        assert answer.status_code == 422
        assert "This picture moves" in answer.text


def test_another_halls_picture_is_nobody_elses(desk, hall, other_hall, browser):
    with tenant_context(other_hall):
        theirs = bring(
            "logo",
            FileStorage(io.BytesIO(a_picture(300, 100)), "a.png"),
            by=acting(a_leader("Tom Hill")),
            now=clock.now(),
        )
        name = theirs.name
        db.session.commit()
    assert browser(host="hillside.localhost").get(pictures.path(name, "small", LOGOS)).status_code == 200
    assert browser().get(pictures.path(name, "small", LOGOS)).status_code == 404
    saved(desk, logo_kept=name)
    assert the_tenant(hall).logo is None
    # Nor does a logo pass for a cover or for a member's picture.
    assert browser(host="hillside.localhost").get(pictures.path(name, "small", COVERS)).status_code == 404
    assert browser(host="hillside.localhost").get(pictures.path(name, "small")).status_code == 404


def test_the_door_of_a_members_hall_shows_its_logo(desk, hall, browser):
    saved(desk, logo=sent(a_picture(300, 100)))
    db.session.execute(text("UPDATE tenants SET who_may_see = 'members' WHERE id = :id"), {"id": hall.id})
    db.session.commit()
    page = browser().get("/").text
    address = re.search(r'class="plate__logo" src="([^"]+)"', page)[1]
    assert browser().get(address).status_code == 200


def test_a_file_that_is_too_heavy_is_told_so(hall):
    form = LookForm(MultiDict({"logo": FileStorage(io.BytesIO(b"\x89PNG" + b"\0" * 12_100_000), "logo.png")}))
    form.validate()
    assert "at most 12 MB" in form.logo.problem


def test_what_was_only_tried_is_forgotten_after_a_day_and_what_was_worn_is_not(hall):
    ines, now = acting(a_leader()), clock.now()
    tried, worn = (
        bring("logo", FileStorage(io.BytesIO(a_picture(300, height)), "a.png"), by=ines, now=now - timedelta(days=2))
        for height in (100, 110)
    )
    fresh = bring("logo", FileStorage(io.BytesIO(a_picture(300, 120)), "a.png"), by=ines, now=now)
    db.session.add(
        ThemeVersion(
            number=1,
            preset="civic",
            brand_colour="#123456",
            tagline="",
            welcome="",
            logo=worn.picture.written,
            made_by=ines.id,
            made_at=now,
        )
    )
    db.session.flush()
    forget_unused(now=now)
    db.session.flush()
    left = {one.name for one in db.session.scalars(select(HallPicture).where(scoped(HallPicture)))}
    assert left == {worn.name, fresh.name}
    assert tried.name not in left
