"""A category's leader has no power beyond it: every route that asks for one is tried on another category."""

import re
from uuid import UUID

import pytest

from app.core.database import db
from app.policies import (
    APPOINT,
    ASK_FOR_GIG,
    BAN_FROM_CATEGORY,
    DELEGATE,
    EDIT_CATEGORY,
    KEEP_BOARD,
    MANAGE_HALL,
    MERGE_GIG,
    REVIEW_GIG,
    RUN_DESK,
    SEE_BANS,
    SEE_FIGURES,
    SEE_OFFICE,
    SUGGEST_CHANGE,
)
from tests.factories import a_category, a_category_leader, a_member, a_published_gig

#: What somebody may do who leads a category, or leads all of them.
POWERS = {
    APPOINT,
    ASK_FOR_GIG,
    BAN_FROM_CATEGORY,
    DELEGATE,
    EDIT_CATEGORY,
    KEEP_BOARD,
    MANAGE_HALL,
    MERGE_GIG,
    REVIEW_GIG,
    RUN_DESK,
    SEE_BANS,
    SEE_FIGURES,
    SEE_OFFICE,
    SUGGEST_CHANGE,
}
_ARGUMENT = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
SOMETHING = str(UUID(int=7))


def _routes(application, argument):
    """Yield method and path, with braces for arguments, of what needs a power over a thing named by `argument`."""
    for rule in application.url_map.iter_rules():
        if rule.subdomain != "hall" or argument not in rule.arguments:
            continue
        view = application.view_functions[rule.endpoint]
        if getattr(view, "policy", None) in POWERS:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, rule


@pytest.fixture
def foreign(hall):
    """Somebody who leads Print, and a gig that waits in Engraving, which is another's."""
    printing, engraving = a_category("Print"), a_category("Engraving", posting_rule="reviewed")
    a_category_leader(engraving, "Leads Engraving")
    return a_category_leader(printing), a_published_gig(by=a_member(), category=engraving)


def test_no_route_of_another_category_lets_its_leader_in(application, foreign, browser):
    leads, tried = browser(foreign[0]), 0
    for method, rule in _routes(application, "slug"):
        if not str(rule).startswith("/categories/"):
            continue
        path = _ARGUMENT.sub(lambda found: "engraving" if found[1] == "slug" else SOMETHING, str(rule))
        answer = leads.open(path, method=method, data={"name": "Mine", "title": "Mine", "into": SOMETHING})
        assert answer.status_code in (403, 404), (method, path, answer.status_code)
        tried += 1
    assert tried > 20


def test_no_gig_of_another_category_is_decided_on(application, foreign, browser):
    leads, gig = browser(foreign[0]), foreign[1]
    tried = 0
    for method, rule in _routes(application, "gig_id"):
        path = _ARGUMENT.sub(lambda found: str(gig.id) if found[1] == "gig_id" else SOMETHING, str(rule))
        answer = leads.open(path, method=method, data={"why": "Mine."})
        assert answer.status_code in (403, 404), (method, path, answer.status_code)
        tried += 1
    db.session.expire_all()
    assert tried >= 11
    assert gig.state == "in_review"
