"""What an address answers when its marketplace is suspended, closed, given up, or never was."""

import pytest
from sqlalchemy import update

from app.core import clock
from app.core.database import db
from tenants.models import Domain, Tenant
from tests.factories import a_member, a_published_gig

PAGES = ["/", "/gigs", "/people", "/rules", "/join", "/desk/"]


@pytest.fixture
def gig(hall):
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(name="Letterform", tagline="About letters"))
    return a_published_gig(by=a_member("Maya Okafor"), title="Redraw a sign")


@pytest.mark.parametrize("status", ["suspended", "closed"])
@pytest.mark.parametrize("page", PAGES)
def test_a_marketplace_that_is_not_open_says_so_and_shows_nothing_of_itself(hall, gig, browser, status, page):
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(status=status, status_reason="unpaid"))
    answer = browser().get(page)
    assert answer.status_code == 410
    for secret in ("Letterform", "About letters", "Redraw a sign", "Maya Okafor", "unpaid"):
        assert secret not in answer.text


def test_whoever_was_signed_in_is_shown_nothing_more(hall, gig, browser):
    page = browser(a_member("Sam Hill"))
    assert page.get(f"/gigs/{gig.id}").status_code == 200
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(status="suspended"))
    assert page.get(f"/gigs/{gig.id}").status_code == 410


def test_an_address_that_was_given_up_is_gone(hall, gig, browser):
    db.session.execute(update(Domain).where(Domain.tenant_id == hall.id).values(removed_at=clock.now()))
    assert browser().get("/").status_code == 410


@pytest.mark.parametrize("host", ["nobody.localhost", "a.designers.localhost", "designers.example.org", "127.0.0.1"])
def test_an_address_that_nobody_has_is_not_found(hall, browser, host):
    assert browser(host=host).get("/").status_code == 404


def test_a_header_that_no_proxy_of_ours_set_names_no_tenant(hall, browser):
    answer = browser(host="nobody.localhost").get("/", headers={"X-Forwarded-Host": "designers.localhost:8000"})
    assert answer.status_code == 404


def test_a_host_is_read_whatever_its_case_port_or_final_dot(hall, browser):
    for host in ("DESIGNERS.localhost", "designers.localhost."):
        assert browser(host=host).get("/").status_code == 200
