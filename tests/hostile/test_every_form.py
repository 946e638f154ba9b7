"""Every form of every page, filled in by somebody who means harm or by mistake: always words to mend it, never a crash."""

import io
import re

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from app.accounts.models import User
from app.core.database import db
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tenants.resolution import tenant_by_slug
from tests.app_fixtures import sign_in
from tests.hostile.pages import FoundForm, forms_of

pytestmark = [
    pytest.mark.slow,
    # The test client leaves what it sent of a large body to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

# What cannot be kept, and must be told; and what is strange but somebody's words.
REFUSED = {
    "null": "a\x00b",
    "control": "a\x07\x1b[31mb",
    "bidi": "abc\u202egnp.exe",
    "long": "x" * 1_200_000,
}
STRANGE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "sql": "'; DROP TABLE gigs; --",
    "template": "{{ 7 * 7 }}{% raise %}${7*7}",
    "number": "-99999999999999999999999999.9e99",
    "infinite": "NaN",
    "digits": "٣٤٥²½",
    "date": "0000-13-45",
    "link": "javascript:alert(1)",
    "zalgo": "Z̴̢̛͓͎" * 30,
}
KEPT = "words that were typed"

# Where the path's names lead to: a thing of one's own for each.
THINGS = {
    "gig_id": "gigs",
    "member_id": "members",
    "application_id": "applications",
    "agreement_id": "agreements",
    "thread_id": "threads",
    "report_id": "reports",
    "category_id": "categories",
    "request_id": "join_requests",
    "item_id": "portfolio_items",
    "import_id": "imports",
    "milestone_id": "milestones",
    "page_id": "pages",
    "alert_id": "alerts",
    "rule_id": "commission_rules",
    "tier_id": "tiers",
    "price_id": "tier_prices",
    "vouch_id": "vouches",
    "endorsement_id": "endorsements",
    "kudos_id": "kudos",
    "certificate_id": "certificates",
    "project_id": "projects",
    "role_id": "project_roles",
    "note_id": "project_notes",
    "file_id": "project_files",
    "wait_id": "project_waits",
    "refund_id": "payment_refunds",
    "share_id": "payment_shares",
    "field_id": "category_fields",
    "option_id": "field_options",
    "offer_id": "discounts",
    "measure_id": "measures",
    "term_id": "terms_of_office",
    "post_id": "category_posts",
    "reading_id": "category_readings",
    "gift_id": "gifts",
    "vetting_id": "vettings",
    "suggestion_id": "gig_suggestions",
    "merge_id": "gig_merges",
    "delegation_id": "delegations",
    "mandate_id": "mandates",
    "question_id": "expert_questions",
}


# Fields that another answer made pointless are set aside, whatever stands in them.
SET_ASIDE = {("edit", name) for name in ("credits_minutes", "favour", "pay_min", "pay_max")}

# Looks, pictures, health, and the doors that lead to other hosts.
NO_FORMS = {"health", "themes", "media", "accounts"}


@pytest.fixture(scope="module")
def found(playground):
    """Every form that the leader and the member of the demo meet on the pages of `designers`: (browser, form), each once."""
    everything = {}
    for name in ("leader@example.com", "member@example.com"):
        browser = _browser(playground, name)
        for path in _pages(playground):
            answer = browser.get(path)
            if answer.status_code == 200 and "text/html" in answer.content_type:
                for form in forms_of(path, answer.text):
                    everything.setdefault((_shape(form.action), tuple(form.inputs)), (browser, form))
    return list(everything.values())


def _browser(app, email):
    browser = app.test_client()
    with app.app_context(), tenant_context(tenant_by_slug("designers")):
        member = db.session.scalars(
            select(Member).join(User, User.id == Member.user_id).where(scoped(Member), User.email == email)
        ).one()
        member.rules_version = db.session.scalars(select(Tenant.rules_version).where(Tenant.slug == "designers")).one()
        sign_in(browser, member)
    return browser


def _pages(app):
    """Yield the addresses of all pages: those with names in their path for two things of each kind."""
    with app.app_context(), tenant_context(tenant_by_slug("designers")):
        ids = {
            name: db.session.execute(text(f"SELECT id FROM {table} ORDER BY id LIMIT 40")).scalars().all()
            for name, table in THINGS.items()
        }
        slug = db.session.execute(text("SELECT slug FROM categories LIMIT 1")).scalar_one()
        db.session.remove()
    adapter = app.url_map.bind("designers.localhost", subdomain="hall")
    for rule in app.url_map.iter_rules():
        if rule.subdomain != "hall" or "GET" not in rule.methods or rule.endpoint.split(".")[0] in NO_FORMS:
            continue
        names = sorted(rule.arguments)
        for number in range(40 if names else 1):
            values = {
                name: (ids[name][number % len(ids[name])] if ids.get(name) else slug) if name in THINGS else slug
                for name in names
            }
            for name in names:
                converter = rule._converters[name]
                if type(converter).__name__ == "AnyConverter":
                    values[name] = sorted(converter.items)[number % len(converter.items)]
            try:
                yield adapter.build(rule.endpoint, values, force_external=False)
            except Exception:  # a name of another kind than we know: such a page has no form of ours
                break


def _shape(path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", path.split("?")[0])


def _send(browser, form: FoundForm, changes: dict[str, object]):
    answers = {name: value for name, value in (form.answers() | changes).items() if value is not None}
    kind = "multipart/form-data" if form.takes_files else None
    return browser.post(form.action, data=answers, content_type=kind)


def _cases(form: FoundForm):
    for one in form.written:
        for kind, value in (REFUSED | STRANGE).items():
            yield one.name, kind, value
    for one in form.chosen:
        yield one.name, "not offered", "nothing-we-offer"
    for one in form.inputs.values():
        if one.kind == "file":
            yield one.name, "file", (io.BytesIO(b"MZ\x90\x00"), "\u202egnp.exe")


def test_every_page_of_the_demo_opens(playground, found):
    assert len(found) > 20


def test_what_cannot_be_kept_is_told_and_the_rest_stays(found):
    silent, forgotten = [], []
    for browser, form in found:
        for one in form.written:
            others = [other.name for other in form.written if other is not one and other.kind in ("text", "textarea")]
            for kind, value in REFUSED.items():
                answer = _send(browser, form, {one.name: value} | dict.fromkeys(others[:1], KEPT))
                if answer.status_code == 302 and (form.action.rsplit("/", 1)[-1], one.name) in SET_ASIDE:
                    continue
                if not 400 <= answer.status_code < 500:
                    silent.append((form.action, one.name, kind, answer.status_code))
                elif answer.status_code == 422 and others and KEPT not in answer.text:
                    forgotten.append((form.action, one.name, kind))
    assert silent == []
    assert forgotten == []


def test_what_is_missing_is_told(found):
    silent = []
    for browser, form in found:
        for one in form.inputs.values():
            if one.required and one.kind != "hidden":
                answer = _send(browser, form, {one.name: None if one.kind in ("radio", "checkbox") else ""})
                if not 400 <= answer.status_code < 500:
                    silent.append((form.action, one.name, answer.status_code))
    assert silent == []


# Last, since strange words may be taken: gigs close, rules change, people are blocked.
def test_no_answer_crashes_any_form(found):
    crashed, logs = [], []
    for browser, form in found:
        for name, kind, value in _cases(form):
            with capture_logs() as said:
                answer = _send(browser, form, {name: value})
            if answer.status_code >= 500 or "<script>alert(1)" in answer.text:
                crashed.append((form.action, name, kind, answer.status_code))
            logs += [entry for entry in said if entry["log_level"] in ("error", "critical")]
    assert crashed == []
    assert logs == []
