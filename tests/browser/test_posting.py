"""Posting and finding gigs in Chromium: nothing typed is lost, with scripts and without."""

from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import session

from app.accounts import sessions
from app.core.database import db
from app.factory import create_app
from tenants.context import tenant_context
from tests.app_fixtures import settings_for
from tests.factories import a_category, a_gig, a_hall, a_member, a_published_gig, a_user

pytestmark = pytest.mark.browser


class Hall:
    """A marketplace with a member who posts, a leader, and a few gigs."""

    def __init__(self, site):
        self.site, self.slug = site, f"hall-{uuid4().hex[:8]}"
        self.application = create_app(settings_for(site.database, site.var_dir))
        with self.application.app_context():
            hall = a_hall(self.slug, name="The Letter Guild")
            with tenant_context(hall):
                maya = a_member("Maya Okafor", user=a_user("Maya Okafor", email=f"maya-{self.slug}@example.org"))
                leader = a_member(
                    "Ines Moreau",
                    roles=("leader",),
                    user=a_user("Ines Moreau", email=f"ines-{self.slug}@example.org"),
                )
                reviewed = a_category(
                    "Type", summary="Letters before they are fonts.", posting_rule="reviewed", charter="Be kind."
                )
                live = a_published_gig(by=maya, due_on=None, place="Leeds", questions=["Have you done it before?"])
                live.set_skills("needed", ["Lettering", "Signage"])
                self.live, self.draft = live.id, a_gig(by=maya).id
                waiting = a_published_gig(by=maya, category=reviewed)
                edited = a_published_gig(by=leader, category=reviewed, title="Draw a Greek sans")
                edited.author_id = maya.id
                db.session.flush()
                edited.revise({"seats": 3}, by=maya)
                self.waiting, self.edited = waiting.id, edited.id
                db.session.commit()
                self._cookies = {"maya": self._cookie(maya), "ines": self._cookie(leader)}
            db.session.remove()
            db.engine.dispose()

    def open(self, page, path, who="maya"):
        if who:
            page.context.add_cookies(
                [{"name": "guildhall", "value": self._cookies[who], "url": self.site.url(self.slug)}]
            )
        page.goto(self.site.url(self.slug, path))

    def _cookie(self, member):
        with self.application.test_request_context(base_url=self.site.url(self.slug)):
            sessions.begin(user_id=member.user_id, member_id=member.id)
            db.session.commit()
            return self.application.session_interface.get_signing_serializer(self.application).dumps(dict(session))


@pytest.fixture(scope="module")
def hall(site):
    return Hall(site)


def fill_what(page):
    page.get_by_label("I need something done").check()
    page.get_by_label("Title").fill("Redraw our sign")
    page.get_by_label("In one line").fill("One word, hand-painted.")
    page.get_by_label("Category").select_option(label="Lettering")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_member_posts_a_gig_step_by_step_on_a_phone(hall, person, script):
    page = person(script=script, width=390)
    hall.open(page, "/gigs/new")
    fill_what(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Description").fill("We have **a wall**.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Money").check()
    page.get_by_label("A fixed price").check()
    page.get_by_label("Amount, or from").fill("480")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_text("€480").is_visible()
    page.get_by_role("button", name="Post gig").click()
    # With scripts it is a toast, which comes a moment after the page.
    page.get_by_text("Your gig is live.").wait_for()
    page.goto(hall.site.url(hall.slug, "/gigs"))
    assert page.get_by_role("link", name="Redraw our sign").first.is_visible()


def test_what_is_typed_is_kept_by_itself_and_there_after_the_page_is_closed(hall, person):
    page = person()
    hall.open(page, "/gigs/new")
    page.get_by_label("Title").fill("Half a thought")
    page.get_by_text("Draft kept").wait_for()
    address = page.url
    assert address.endswith("/steps/what")

    again = page.context.new_page()
    page.close()
    again.goto(address)

    assert again.get_by_label("Title").input_value() == "Half a thought"
    again.goto(hall.site.url(hall.slug, "/gigs/mine"))
    assert again.get_by_role("link", name="Half a thought").is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_going_back_and_on_again_makes_one_draft(hall, person, script):
    page = person(script=script)
    title = f"Back and forth {uuid4().hex[:6]}"
    hall.open(page, "/gigs/new")
    fill_what(page)
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Description").wait_for()

    page.go_back()
    page.get_by_label("Title").fill(f"{title} again")
    page.get_by_label("Category").select_option(label="Lettering")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Description").wait_for()

    page.goto(hall.site.url(hall.slug, "/gigs/mine"))
    assert page.get_by_role("link", name=title).all_inner_texts() == [f"{title} again"]


def test_only_what_the_chosen_settlement_needs_is_asked(hall, person):
    page = person()
    hall.open(page, f"/gigs/{hall.draft}/steps/terms")
    page.get_by_label("Money").check()
    assert page.get_by_label("Amount, or from").is_visible()
    assert not page.get_by_label("What you give in return").is_visible()
    page.get_by_label("A favour in return").check()
    assert not page.get_by_label("Amount, or from").is_visible()
    assert page.get_by_label("What you give in return").is_visible()


PAGES = [
    ("/gigs", "maya"),
    ("/gigs?direction=offer", None),
    ("/gigs/{live}", None),
    ("/gigs/{live}", "ines"),
    ("/gigs/{live}", "maya"),
    ("/gigs/{live}/edit", "maya"),
    ("/gigs/{live}/closure", "maya"),
    ("/gigs/{edited}", "maya"),
    ("/gigs/{waiting}", "ines"),
    ("/gigs/{draft}/steps/what", "maya"),
    ("/gigs/{draft}/steps/details", "maya"),
    ("/gigs/{draft}/steps/terms", "maya"),
    ("/gigs/{draft}/preview", "maya"),
    ("/gigs/mine", "maya"),
    ("/gigs/reviews", "ines"),
    ("/categories", "ines"),
    ("/categories/type", "ines"),
    ("/categories/type/edit", "ines"),
    ("/categories/type/archive", "ines"),
]


@pytest.mark.parametrize(("width", "dark"), [(320, False), (1280, True)], ids=["narrow", "wide and dark"])
def test_everybody_can_use_every_page(hall, person, width, dark):
    page = person(width=width, dark=dark)
    for path, who in PAGES:
        page.context.clear_cookies()
        hall.open(page, path.format(**vars(hall)), who)
        report = Axe().run(page)
        assert report.violations_count == 0, f"{path} as {who}: {report.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
