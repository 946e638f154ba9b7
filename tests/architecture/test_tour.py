"""Every page of a marketplace is on the tour on which browsers measure it, or is named here."""

from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import UUID

from werkzeug.exceptions import HTTPException

from tests.browser.demo import tour

SOMETHING = UUID(int=7)
# Files, answers to scripts, and what leads on at once.
NO_PAGES = {
    "accounts.arrive",
    "accounts.enter",
    "agreements.download",
    "agreements.of_application",
    "alerts.feed",
    # Leads on at once.
    "category_desk.by_id",
    "category_figures.as_csv",
    # Leads on at once.
    "leading.bans_by_id",
    "certificates.paper",
    "credits.statement",
    "experts.download",
    "feeds.calendar",
    "feeds.category",
    "feeds.gigs",
    "feeds.map_of_site",
    "feeds.robots",
    "gigs.field_file",
    "fees.back",
    # There is a card only where a stand-in was paid (tests/offers/test_pages).
    "gifts.card",
    "gifts.returned",
    "health.healthz",
    "health.readyz",
    "imports.refused",
    "joining.invitation",
    "media.cover",
    # The page of a decision once more, by the link of a letter.
    "moderation.by_link",
    "media.logo",
    "media.picture",
    "payments.paid",
    "projects.download",
    # What Stripe reckons is looked at where a stand-in reckons it (test_paid_community).
    "memberships.ask_change",
    "memberships.returned",
    "statements.hall_as_csv",
    "statements.hall_as_pdf",
    "statements.mine_as_csv",
    "statements.mine_as_pdf",
    "statements.party_as_csv",
    "statements.party_as_pdf",
    "statements.span_as_csv",
    # Leads on at once where a marketplace has no plan that could end; `tests/billing/test_taking_plans.py` opens it.
    "plans.end",
    "suggestions.places",
    "suggestions.search",
    "suggestions.skills",
    "themes.own_drawing",
    "themes.own_icon",
    "themes.own_manifest",
    "themes.picture",
    "themes.preview",
    "themes.sheet",
    "treasury.books",
}


class Anything:
    """A demo in which there is one of everything: the tour's addresses without its marketplaces."""

    def rows(self, *_, **__):
        return [SimpleNamespace(slug="lettering", **dict.fromkeys(WANTED, SOMETHING))]

    def member(self, _):
        return SOMETHING

    def browser(self, _):
        return self

    def post(self, address, **_):
        leads_to = {"imports": "/columns", "columns": "/preview"}.get(address.rstrip("/").rpartition("/")[2], "")
        return SimpleNamespace(headers={"Location": f"/desk/imports/{SOMETHING}{leads_to}"})

    def unsubscribing(self, _):
        return "/unsubscribe/something"

    def of_alerts(self, _):
        return ["/alerts/unsubscribe/something", "/alerts/renewal/something"]

    def certified(self, _):
        return "/certified/something"

    def finishes(self, _):
        pass


WANTED = (
    "id",
    "client_id",
    "worker_id",
    "asked_id",
    "applicant_id",
    "application_id",
    "author_id",
    "coordinator_id",
    "gig_id",
    "low_id",
    "member_id",
    "option_id",
)


def test_every_page_is_on_the_tour_or_named(application):
    adapter = application.url_map.bind("designers.localhost", subdomain="hall")
    seen = set()
    for _, path in [stop for group in tour(Anything()).values() for stop in group]:
        try:
            seen.add(adapter.match(urlsplit(path).path)[0])
        except HTTPException:
            # An address that there is not is on the tour too.
            continue
    pages = {
        rule.endpoint
        for rule in application.url_map.iter_rules()
        if rule.subdomain == "hall" and "GET" in (rule.methods or ())
    }
    assert pages - seen - NO_PAGES == set()
    assert NO_PAGES - pages == set()
    assert NO_PAGES & seen == set()
