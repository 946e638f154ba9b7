"""The demo's marketplaces in a browser: a site with them on it, its people signed in, and a tour of its pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
from flask import Flask
from psycopg.rows import namedtuple_row
from sqlalchemy import select

from app.alerts.letters import renewing, stopping
from app.certificates.codes import code_of
from app.core.database import db
from app.imports.jobs import next_batch
from app.imports.models import locked
from app.joining.tokens import token_for
from app.notifications.letters import unsubscribe_url
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tenants.resolution import tenant_by_slug
from tests.app_fixtures import HallClient, sign_in
from tests.browser.experts import experts
from tests.browser.projects import projects
from tests.browser.questions import beginnings, questions
from tests.browser.recognition import recognition
from tests.browser.turns import Stop, list_to_look_over, turns
from tests.demo_fixtures import demo_on
from tests.site_fixtures import LiveSite


@dataclass
class Demo:
    """A running site that holds the demo."""

    site: LiveSite
    application: Flask

    def url(self, path: str, host: str = "designers") -> str:
        return self.site.url(host, path)

    def rows(self, query: str, *values: Any, **named: Any) -> list[Any]:
        """Ask the operator's role, in the marketplace `designers`: the query may use its id as `here`."""
        with psycopg.connect(self.site.database.operator_url, row_factory=namedtuple_row) as connection:
            here = "WITH hall AS (SELECT id AS here FROM tenants WHERE slug = 'designers') "
            # Put together of our own pieces; psycopg asks for one written out.
            return connection.execute(here + query, named or values).fetchall()  # type: ignore[arg-type]

    def member(self, email: str) -> UUID:
        query = (
            "SELECT m.id FROM hall, members m JOIN users u ON u.id = m.user_id WHERE tenant_id = here AND email = %s"
        )
        return UUID(str(self.rows(query, email)[0].id))

    def reader(self, language: str) -> UUID:
        """Return a member of `designers` who reads the pages in a language from now on."""
        query = (
            "UPDATE members SET locale = %s FROM hall WHERE tenant_id = here AND members.id = (SELECT m.id FROM members m "
            "JOIN users u ON u.id = m.user_id WHERE m.tenant_id = here AND standing = 'active' "
            "AND email NOT IN ('leader@example.com', 'member@example.com') ORDER BY m.id LIMIT 1) RETURNING members.id"
        )
        return UUID(str(self.rows(query, language)[0].id))

    def browser(self, member_id: UUID) -> HallClient:
        """Return a client without a window, signed in as a member of `designers`."""
        client = self.application.test_client()
        assert isinstance(client, HallClient)
        with self.inside():
            member = db.session.scalars(select(Member).where(scoped(Member), Member.id == member_id)).one()
            # Whoever has not accepted the newest rules would see nothing but those.
            member.rules_version = 1_000
            sign_in(client, member)
        return client

    def unsubscribing(self, member_id: UUID) -> str:
        """Return the address by which a member stops e-mails, signed in or not."""
        with self.inside():
            return urlsplit(unsubscribe_url(member_id, "answers")).path

    def of_alerts(self, member_id: UUID) -> list[str]:
        """Return where letters about a member's alerts lead, signed in or not: to stop them, and to renew one."""
        letter = self.rows("SELECT id FROM hall, alert_letters WHERE tenant_id = here AND member_id = %s", member_id)[0]
        alert = self.rows("SELECT id FROM hall, alerts WHERE tenant_id = here AND member_id = %s", member_id)[0]
        with self.inside():
            return [f"/alerts/unsubscribe/{stopping(letter.id)}", f"/alerts/renewal/{renewing(alert.id)}"]

    def finishes(self, address: str) -> None:
        """Bring the rest of a list in that is coming in, as the worker would."""
        with self.inside():
            one = locked(UUID(address.rpartition("/")[2]))
            assert one is not None
            assert next_batch(one)
            db.session.commit()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be in `designers` for the length of a block, without a request."""
        with self.application.app_context(), tenant_context(tenant_by_slug("designers")):  # type: ignore[arg-type]
            yield
            db.session.remove()

    def lets_in(self, page: Any, member_id: UUID) -> None:
        """Sign a member in, in a page's browser."""
        self._carry(self.browser(member_id), page)

    def lets_in_a_stranger(self, page: Any) -> None:
        """Sign somebody in, in a page's browser, who belongs to other marketplaces and not to `designers`."""
        query = (
            "SELECT u.id, here FROM hall, users u WHERE email_verified_at IS NOT NULL AND NOT EXISTS"
            " (SELECT FROM members m WHERE m.tenant_id = here AND m.user_id = u.id) ORDER BY u.id LIMIT 1"
        )
        row = self.rows(query)[0]
        client = self.application.test_client()
        with self.inside():
            # What signing in reads of a member; of one there is none.
            sign_in(client, SimpleNamespace(user_id=row.id, id=None, tenant_id=row.here))  # type: ignore[arg-type]
        self._carry(client, page)

    def invitation(self) -> str:
        """Return the address of an invitation that waits for its answer."""
        query = (
            "SELECT id FROM hall, invitations WHERE tenant_id = here AND accepted_at IS NULL AND revoked_at IS NULL"
            " AND expires_at > now() ORDER BY id LIMIT 1"
        )
        with self.inside():
            return f"/invitations/{token_for(self.rows(query)[0].id)}"

    def certified(self, certificate_id: UUID) -> str:
        """Return the address at which anybody sees a certificate."""
        with self.inside():
            return f"/certified/{code_of(certificate_id)}"

    def _carry(self, client: Any, page: Any) -> None:
        cookie = client.get_cookie("guildhall", domain="designers.localhost")
        page.context.add_cookies([{"name": "guildhall", "value": cookie.value, "url": self.url("/")}])


@contextmanager
def a_demo_site(new_site: Callable[..., Any]) -> Iterator[Demo]:
    """Give a site that holds the demo, for a `with` block."""
    with new_site(worker=False) as site, demo_on(site.database, site.var_dir) as application:
        yield Demo(site, application)


def tour(demo: Demo) -> dict[str, list[Stop]]:
    """Return the main pages in groups: who looks (None: a visitor), and where."""
    leader, member = demo.member("leader@example.com"), demo.member("member@example.com")
    gig = demo.rows("SELECT id FROM hall, gigs WHERE tenant_id = here AND state = 'open' ORDER BY id LIMIT 1")[0].id
    field = demo.rows("SELECT slug FROM hall, categories WHERE tenant_id = here ORDER BY position LIMIT 1")[0].slug
    open_to_all = ["/", "/gigs", f"/gigs/{gig}", "/categories", f"/categories/{field}", "/people", f"/people/{leader}"]
    return {
        "visitors": [(None, path) for path in [*open_to_all, "/search?q=letter", "/join", "/rules", "/shortcuts"]],
        "members": [
            (member, path)
            for path in [
                *open_to_all,
                f"/people/{member}",
                f"/people/{leader}/reviews",
                "/search?q=letter",
                "/people?q=letter",
                "/search?q=nothing-like-it",
                "/work",
                "/work/statements",
                "/for-you",
                "/for-you/how",
                "/gigs/mine",
                "/applications",
                "/agreements",
                "/credits",
                "/earnings",
                "/messages",
                "/notifications",
                "/settings",
                "/settings/notifications",
                "/settings/calendar",
                "/alerts",
                "/alerts/new?q=gilding&where=remote",
                *_alerts(demo, member),
                "/settings/departure",
                "/membership",
                "/membership/code",
                "/membership/gifts",
                "/gifts/ABCD-EFGH-JKLM-NPQR",
                "/vouches",
                "/endorsements",
                "/helping",
                f"/people/{leader}/mandates/new",
                "/reviews/along",
                "/reviews/elsewhere",
                "/reviews/naming",
                "/powers",
                "/measures",
                "/powers?who=category_leader",
                f"/people/{leader}/vouch",
                "/profile",
                "/profile/words",
                "/profile/skills",
                "/profile/picture",
                "/profile/portfolio",
                "/gigs/new",
            ]
        ],
        "work": [*_work(demo), *_posting(demo)],
        "projects": [*projects(demo)],
        "helping": [*_helping(demo)],
        "experts": [*experts(demo, leader, member)],
        "recognition": [*recognition(demo, leader, member)],
        "desk": [(leader, path) for path in _desk(demo, leader)],
        "pages": [(leader, path) for path in _own_pages(demo)],
        "questions": [*questions(demo, leader, member)],
        "beginnings": [*beginnings(demo, leader, member)],
        "turns": [*turns(demo, leader, member)],
        "errors": [
            (None, "/no-such-page"),
            (member, "/no-such-page"),
            (member, "/desk/settings"),
            (member, "/departure"),
            (member, "/gigs?at=%00"),
        ],
    }


def _work(demo: Demo) -> Iterator[Stop]:
    agreements = demo.rows(
        "SELECT DISTINCT ON (state) a.id, client_id, worker_id FROM hall, agreements a WHERE tenant_id = here"
    )
    for row in agreements:
        yield row.client_id, f"/agreements/{row.id}"
    forms = {"active": "deliveries/new", "delivered": "change-requests/new", "countered": "counter-proposals/new"}
    for state, form in forms.items():
        query = (
            "SELECT a.id, client_id, worker_id, asked_id FROM hall, agreements a WHERE tenant_id = here AND state = %s"
        )
        row = demo.rows(query + " LIMIT 1", state)[0]
        who = {"active": row.worker_id, "delivered": row.client_id, "countered": row.asked_id}[state]
        yield who, f"/agreements/{row.id}/{form}"
    query = "SELECT a.id, applicant_id, gig_id, author_id FROM hall, applications a JOIN gigs g ON g.id = gig_id"
    yield from _paid(demo)
    yield from _finished(demo)
    sent = demo.rows(query + " WHERE a.tenant_id = here AND a.state = 'shortlisted' LIMIT 1")[0]
    yield sent.applicant_id, f"/applications/{sent.id}"
    yield sent.author_id, f"/gigs/{sent.gig_id}/applications"
    yield sent.author_id, f"/applications/{sent.id}/refusal"
    yield sent.author_id, f"/applications/{sent.id}/offers/new"
    thread = demo.rows("SELECT t.id, low_id FROM hall, threads t WHERE tenant_id = here ORDER BY id LIMIT 1")[0]
    yield thread.low_id, f"/messages/{thread.id}"


def _helping(demo: Demo) -> Iterator[Stop]:
    """Give mandates as both sides see them, and as a leader witnesses one."""
    query = (
        "SELECT m.id, helper_id AS author_id, assisted_id AS member_id FROM hall, mandates m"
        " WHERE tenant_id = here AND state = %s LIMIT 1"
    )
    row = demo.rows(query, "active")[0]
    yield row.member_id, f"/helping/{row.id}"
    yield row.author_id, f"/helping/{row.id}/letter"
    asked = demo.rows(query, "asked")[0]
    yield demo.member("leader@example.com"), f"/helping/{asked.id}/witness"


def _paid(demo: Demo) -> Iterator[Stop]:
    """Give the forms about amounts of work that is paid; before anything is, some say so instead."""
    query = (
        "SELECT a.id, client_id, worker_id FROM hall, agreements a WHERE tenant_id = here AND settlement = 'money'"
        " AND accepted_at IS NOT NULL ORDER BY id LIMIT 1"
    )
    row = demo.rows(query)[0]
    yield row.client_id, f"/agreements/{row.id}/tips/new"
    yield row.client_id, f"/agreements/{row.id}/payments/part"
    yield row.worker_id, f"/agreements/{row.id}/payments/return"


def _finished(demo: Demo) -> Iterator[Stop]:
    """Give what is said of each other once work is over."""
    query = "SELECT a.id, client_id FROM hall, agreements a WHERE tenant_id = here AND state = 'reviewed' ORDER BY id LIMIT 1"
    row = demo.rows(query)[0]
    yield row.client_id, f"/agreements/{row.id}/endorsements"


def _alerts(demo: Demo, member: UUID) -> Iterator[str]:
    query = "SELECT id FROM hall, alerts WHERE tenant_id = here AND member_id = %s AND feed_hash IS NOT NULL LIMIT 1"
    alert = demo.rows(query, member)[0]
    yield from (f"/alerts/{alert.id}", f"/alerts/{alert.id}/edit", *demo.of_alerts(member))


def _own_pages(demo: Demo) -> Iterator[str]:
    """Give what a leader writes and arranges: the front page, pages of the marketplace's own, its words for skills."""
    page = demo.rows("SELECT id FROM hall, pages WHERE tenant_id = here ORDER BY id LIMIT 1")[0].id
    skill = demo.rows("SELECT id FROM hall, skills WHERE tenant_id = here ORDER BY id LIMIT 1")[0].id
    field = demo.rows("SELECT slug FROM hall, categories WHERE tenant_id = here ORDER BY position LIMIT 1")[0].slug
    yield from ("/desk/front", "/desk/front/gigs", "/desk/front/preview", "/desk/look/preview", "/pages/about")
    yield from ("/desk/pages", "/desk/pages/new", f"/desk/pages/{page}", f"/desk/pages/{page}/versions")
    yield from (
        f"/desk/pages/{page}/removal",
        "/desk/skills",
        f"/desk/skills/{skill}",
        "/desk/seen",
        "/desk/climbing",
        "/desk/memberships/access",
        "/desk/memberships/without",
        "/desk/imports/skills",
    )
    yield from (
        f"/categories/{field}/edit",
        f"/categories/{field}/archive",
        f"/categories/{field}/dissolution",
        "/reviews/notes",
    )
    yield from _own_fields(demo)
    yield from _leading(demo, field)


def _own_fields(demo: Demo) -> Iterator[str]:
    """Give what a category asks of its gigs, as its leaders settle it."""
    query = (
        "SELECT c.slug, f.id, o.id AS option_id FROM hall, categories c JOIN category_fields f ON f.category_id = c.id"
        " JOIN field_options o ON o.field_id = f.id WHERE c.tenant_id = here ORDER BY o.id LIMIT 1"
    )
    row = demo.rows(query)[0]
    fields = f"/categories/{row.slug}/fields"
    yield from (fields, f"{fields}/new/choice", f"{fields}/new/number", f"{fields}/{row.id}/edit")
    yield f"{fields}/{row.id}/options/{row.option_id}"


def _leading(demo: Demo, field: str) -> Iterator[str]:
    """Give what leaders of categories have: their terms, and what they write on the category's page."""
    member = demo.member("member@example.com")
    term = demo.rows("SELECT id FROM hall, terms_of_office WHERE tenant_id = here ORDER BY id LIMIT 1")[0].id
    news = demo.rows(
        "SELECT p.id, c.slug FROM hall, category_posts p JOIN categories c ON c.id = category_id"
        " WHERE p.tenant_id = here AND c.tenant_id = here ORDER BY p.id LIMIT 1"
    )[0]
    flag = demo.rows(
        "SELECT r.id FROM hall, reports r WHERE tenant_id = here AND subject_kind = 'gig' ORDER BY id LIMIT 1"
    )
    yield from (f"/desk/flags/{one.id}" for one in flag)
    waits = demo.rows("SELECT id FROM hall, gigs WHERE tenant_id = here AND state = 'in_review' ORDER BY id LIMIT 1")
    yield from (f"/gigs/{one.id}/{page}" for one in waits for page in ("move", "suggestion"))
    yield from (f"/categories/{field}/desk", f"/categories/{field}/desk/settings")
    yield from (
        f"/categories/{field}/figures",
        f"/categories/{field}/figures?days=365",
        f"/categories/{field}/figures/targets",
    )
    yield from (
        f"/categories/{field}/people?q=a",
        f"/categories/{field}/people/{member}/appointment",
        f"/categories/{field}/bans?q=a",
        f"/categories/{field}/bans/{member}",
        f"/categories/{field}/people/{member}/duties",
        f"/offices/{term}",
        f"/categories/{news.slug}/board",
        f"/categories/{news.slug}/news/{news.id}",
    )


def _posting(demo: Demo) -> Iterator[Stop]:
    draft = demo.rows("SELECT g.id, author_id FROM hall, gigs g WHERE tenant_id = here AND state = 'draft' LIMIT 1")[0]
    for step in ("steps/what", "steps/details", "steps/terms", "preview"):
        yield draft.author_id, f"/gigs/{draft.id}/{step}"
    live = demo.rows("SELECT g.id, author_id FROM hall, gigs g WHERE tenant_id = here AND state = 'open' LIMIT 1")[0]
    yield live.author_id, f"/gigs/{live.id}"
    yield live.author_id, f"/gigs/{live.id}/edit"
    yield live.author_id, f"/gigs/{live.id}/people"
    yield live.author_id, f"/gigs/{live.id}/featuring"
    query = (
        "SELECT s.id, gig_id, author_id FROM hall, gig_suggestions s JOIN gigs g ON g.id = gig_id"
        " WHERE s.tenant_id = here AND s.state = 'waiting' LIMIT 1"
    )
    better = demo.rows(query)[0]
    yield better.author_id, f"/gigs/{better.gig_id}"
    yield better.author_id, f"/suggestions/{better.id}/refusal"
    query = (
        "SELECT m.id, gig_id, author_id FROM hall, gig_merges m JOIN gigs g ON g.id = gig_id"
        " WHERE m.tenant_id = here AND m.state = 'waiting' LIMIT 1"
    )
    one = demo.rows(query)[0]
    yield one.author_id, f"/gigs/{one.gig_id}"
    yield one.author_id, f"/gigs/{one.gig_id}/merging"
    yield one.author_id, f"/merges/{one.id}/refusal"


def _desk(demo: Demo, leader: UUID) -> Iterator[str]:
    for page in (
        "",
        "settings",
        "access",
        "look",
        "rules",
        "invitations",
        "members",
        "requests",
        "reports",
        "moderation",
        "moderation/settings",
        "badges",
        "imports/",
        "matching",
        "money",
        "money/commission",
        "money/commission?amount=400",
        "money/statements",
        "money/books",
        "money/waiting",
        "money/commission/rules/new",
        "money/gigs",
        "credits",
        f"credits/{leader}",
        "plan",
        "plan/choices/hall-month",
        "memberships",
        "memberships/new",
        "memberships/gifts",
        "memberships/offers",
        "memberships/offers/new",
    ):
        yield f"/desk/{page}"
    tier = demo.rows("SELECT id FROM hall, tiers WHERE tenant_id = here ORDER BY position LIMIT 1")[0]
    yield f"/desk/memberships/{tier.id}"
    report = demo.rows("SELECT r.id FROM hall, reports r WHERE tenant_id = here AND state = 'open' LIMIT 1")[0]
    yield f"/desk/reports/{report.id}"
    yield f"/desk/reports/{report.id}/measure"
    yield f"/desk/members/{demo.member('member@example.com')}/measures/new"
    yield f"/measures/{demo.rows('SELECT id FROM hall, measures WHERE tenant_id = here LIMIT 1')[0].id}"
    yield "/moderation"
    rule = demo.rows("SELECT id FROM hall, commission_rules WHERE tenant_id = here LIMIT 1")[0]
    yield f"/desk/money/commission/rules/{rule.id}"
    gig = demo.rows("SELECT id FROM hall, gigs WHERE tenant_id = here AND state = 'open' ORDER BY id LIMIT 1")[0].id
    yield f"/desk/invitations/gigs/{gig}"
    yield f"/desk/money/statements/2026-01/members/{demo.member('member@example.com')}"
    yield f"/desk/members/{demo.member('member@example.com')}/roles"
    yield f"/desk/members/{demo.member('member@example.com')}/membership"
    yield f"/desk/members/{demo.member('member@example.com')}/removal"
    yield from ("/gigs/reviews", "/disputes", "/welcome", "/categories/new")
    yield from list_to_look_over(demo, leader)
