"""How a hall is known outside its pages: icons, manifest, the picture beside a link to it, and what the link says."""

import io
import json
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from math import hypot

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import text

from app.core.database import db
from tenants.context import tenant_context
from tests.factories import a_gig, a_hall, a_member, a_published_gig
from themes.drawing.paths import dashed, lines_of
from themes.identity import DRAWN, drawn_digest, drawn_url
from themes.identity_press import main
from themes.presets import PRESETS
from themes.theme import theme

LIGATURE = {"name": "Ligature & <Sons>", "colour": "#a3352c"}


@pytest.fixture
def ligature(app):
    with tenant_context(a_hall("designers", name="Ligature & <Sons>", tagline="Two letters “together”")) as _:
        yield


def picture_of(asked):
    return Image.open(io.BytesIO(main(dict(asked))))


def meta(page):
    return dict(re.findall(r'<meta (?:property|name)="(og:[^"]+|twitter:card)" content="([^"]*)">', page))


@pytest.mark.parametrize("what", DRAWN)
def test_a_picture_has_its_size_and_is_the_same_each_time(what):
    asked = LIGATURE | {"what": what} | ({"preset": "atelier", "tagline": "Two letters"} if what == "social" else {})
    picture = picture_of(asked)
    assert (picture.format, picture.size) == ("PNG", DRAWN[what])
    assert main(dict(asked)) == main(dict(asked))
    # What a system cuts out of a square has no holes of its own.
    assert what.startswith("icon") == ("A" in picture.getbands() and picture.getpixel((0, 0))[3] == 0)


def a_logo(size, colour, ground=(0, 0, 0, 0)):
    """A disc on a ground, as the shelf of logos keeps it."""
    logo = Image.new("RGBA", size, ground)
    ImageDraw.Draw(logo).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=colour)
    logo.save(out := io.BytesIO(), "WEBP", lossless=True)
    return b64encode(out.getvalue()).decode()


def test_a_logo_lies_on_paper_and_whole_inside_what_systems_cut():
    mark = a_logo((300, 200), "#7a1f5c")
    for what, size in DRAWN.items():
        if what == "social":
            continue
        picture = picture_of(LIGATURE | {"what": what, "mark": mark})
        assert picture.size == size
        shown = picture.convert("RGBA")
        assert shown.getpixel((size[0] // 2, size[1] // 2))[:3] == pytest.approx((122, 31, 92), abs=3)
        # Tabs may be dark: a piece of paper lies under it, round at its corners; systems cut full squares themselves.
        assert shown.getpixel((0, 0))[3] == (0 if what.startswith("icon") else 255)
        assert shown.getpixel((size[0] // 2, 2))[:3] == (246, 244, 240)
    cut = picture_of(LIGATURE | {"what": "maskable-512", "mark": mark})
    outside = [
        cut.getpixel((x, y)) for x in range(0, 512, 8) for y in range(0, 512, 8) if hypot(x - 256, y - 256) > 205
    ]
    assert set(outside) == {(246, 244, 240)}


def test_a_logo_with_a_ground_of_its_own_fills_the_square_with_it():
    mark = a_logo((200, 200), "#ffffff", "#123a66")
    for what in ("icon-64", "icon-512", "touch-180", "maskable-512"):
        picture = picture_of(LIGATURE | {"what": what, "mark": mark})
        assert "A" not in picture.getbands()
        assert picture.getpixel((1, 1)) == pytest.approx((18, 58, 102), abs=2)


def test_a_picture_for_links_wears_the_halls_colours(app):
    for key in PRESETS:
        picture = picture_of(LIGATURE | {"what": "social", "preset": key, "tagline": ""}).convert("RGB")
        look = PRESETS[key]
        colours = theme(key, LIGATURE["colour"]).palette
        band = (colours.dark if look.first == "dark" else colours.light)["band"]
        assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((20, 300))) == band


@pytest.mark.parametrize("name", ["", "夜市 🏮", "a" * 60, "ا ب", "Zoë Ł. " * 9, "<svg/onload=x>\u200b"])
def test_any_name_can_be_drawn(name):
    for what in ("social", "touch-180"):
        more = {"preset": "nightmarket", "tagline": name * 3} if what == "social" else {}
        assert picture_of({"what": what, "name": name, "colour": "#000000", **more}).size == DRAWN[what]


def test_path_data_is_read_as_browsers_read_it():
    assert lines_of("M1 2h3v4l-1-1z") == [([(1, 2), (4, 2), (4, 6), (3, 5)], True)]
    assert lines_of("m1 1 2 0-.5.5") == [([(1, 1), (3, 1), (2.5, 1.5)], False)]
    ((half, _),) = lines_of("M0 0a84 84 0 0 084 84")
    assert half[-1] == pytest.approx((84, 84))
    assert max(abs(((x - 84) ** 2 + y**2) ** 0.5 - 84) for x, y in half) < 0.01
    ((disc, closed),) = lines_of("M22 52a26 26 0 1 0 52 0a26 26 0 1 0 -52 0Z")
    assert closed
    assert max(y for _, y in disc) == pytest.approx(78, abs=0.1)
    assert min(y for _, y in disc) == pytest.approx(26, abs=0.1)
    ((curve, _),) = lines_of("M0 0c0 10 10 10 10 0s10-10 10 0")
    assert curve[14] == pytest.approx((10, 0))
    assert curve[21] == pytest.approx((15, -7.5))
    with pytest.raises(ValueError, match="does not belong"):
        lines_of("M0 0L1")


def test_dashes_are_as_long_as_their_gaps():
    assert list(dashed([(0, 0), (10, 0)], 4, 0)) == [((0, 0), (4, 0)), ((8, 0), (10, 0))]
    assert list(dashed([(0, 0), (10, 0)], 4, 4)) == [((4, 0), (8, 0))]


@pytest.mark.parametrize("what", ["touch-180", "social"])
def test_a_picture_is_drawn_once_and_kept_for_ever(hall, client, monkeypatch, what):
    first = client.get(drawn_url(what, hall))
    assert first.content_type == "image/png"
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    monkeypatch.setattr("themes.identity._press", lambda _: pytest.fail("it was drawn again"))
    assert client.get(drawn_url(what, hall)).data == first.data
    # An older page's address shows what is now, and draws nothing else.
    late = client.get(f"/drawn/{what}-0123456789abcdef.png")
    assert late.data == first.data
    assert late.headers["Cache-Control"] == "no-cache"
    assert client.get("/drawn/poster-0123456789abcdef.png").status_code == 404


def test_what_cannot_be_drawn_is_not_found_and_not_kept(hall, client, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("themes.identity.sys.executable", "/bin/false")
        assert client.get(drawn_url("icon-192", hall)).status_code == 404
    assert client.get(drawn_url("icon-192", hall)).status_code == 200


def test_the_manifest_names_the_hall_and_icons_that_there_are(ligature, client):
    page = client.get("/").text
    answer = client.get(re.search(r'<link rel="manifest" href="([^"]+)">', page)[1])
    assert answer.mimetype == "application/manifest+json"
    assert "immutable" in answer.headers["Cache-Control"]
    said = json.loads(answer.text)
    assert (said["name"], said["short_name"], said["start_url"]) == ("Ligature & <Sons>", "Ligature &", "/")
    assert {(one["sizes"], one["purpose"]) for one in said["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    assert client.get(said["icons"][0]["src"]).status_code == 200
    touch = re.search(r'<link rel="apple-touch-icon" href="([^"]+)">', page)[1]
    assert touch.startswith("/drawn/touch-180-")


def test_a_link_to_the_hall_says_what_it_is(ligature, client):
    said = meta(client.get("/").text)
    assert said["og:title"] == "Ligature &amp; &lt;Sons&gt; · Two letters “together”"
    assert said["og:site_name"] == "Ligature &amp; &lt;Sons&gt;"
    assert said["og:description"] == "Two letters “together”"
    assert said["og:url"] == "http://designers.localhost:8000/"
    assert re.fullmatch(r"http://designers\.localhost:8000/drawn/social-[0-9a-f]{16}\.png", said["og:image"])
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")


def test_a_link_to_a_gig_or_a_member_says_what_stands_there(ligature, browser, client):
    maya = a_member("Maya Okafor")
    gig = a_published_gig(by=maya, title="Paint “A” & <B>", summary="One word, hand-painted.")
    said = meta(client.get(f"/gigs/{gig.id}").text)
    assert said["og:title"] == "Paint “A” &amp; &lt;B&gt;"
    assert said["og:description"] == "One word, hand-painted."
    assert said["og:url"] == f"http://designers.localhost:8000/gigs/{gig.id}"
    assert meta(client.get(f"/people/{maya.id}").text)["og:title"].startswith("Maya Okafor")
    # Links are read by visitors: a member's page carries none of it.
    assert meta(browser(maya).get("/").text) == {}


def test_of_a_members_hall_a_link_says_its_name_and_no_more(ligature, client):
    db.session.execute(text("UPDATE tenants SET who_may_see = 'members'"))
    db.session.commit()
    gig = a_gig(by=a_member("Maya Okafor"), title="A secret sign")
    for path in ("/", "/join", "/nowhere", f"/gigs/{gig.id}"):
        page = client.get(path, follow_redirects=False).text
        said = {name: words for name, words in meta(page).items() if name.startswith("og:") and "image" not in name}
        if said:
            assert said == {
                "og:type": "website",
                "og:site_name": "Ligature &amp; &lt;Sons&gt;",
                "og:title": "Ligature &amp; &lt;Sons&gt;",
                "og:url": "http://designers.localhost:8000/",
            }


def test_the_picture_of_a_members_hall_shows_its_name_and_no_more(hall):
    quiet, open_ = replace(hall, who_may_see="members"), replace(hall, who_may_see="anyone")
    assert drawn_digest("social", quiet) == drawn_digest("social", replace(quiet, tagline="Something else"))
    assert drawn_digest("social", open_) != drawn_digest("social", replace(open_, tagline="Something else"))


def test_a_web_worker_never_loads_pillow_for_it():
    program = "import sys; from themes import identity, look, manifest, routes, uploads; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
