"""Every route says who may use it."""

from app.core.security import accepts_any_origin
from app.policies import POLICIES

# Routes that other origins may post to, each with a proof of its own.
OPEN_TO_OTHER_ORIGINS = {"alerts.stop", "billing.webhook", "notifications.stop"}


def test_every_route_declares_a_policy(application):
    undeclared = [
        f"{rule.subdomain}{rule.rule}"
        for rule in application.url_map.iter_rules()
        if getattr(application.view_functions[rule.endpoint], "policy", None)
        not in {"public", "person", "operator", *POLICIES}
    ]
    assert undeclared == []


def test_every_route_belongs_to_a_site(application):
    sites = {rule.subdomain for rule in application.url_map.iter_rules()}
    assert sites <= {"platform", "id", "hall"}


def test_only_known_routes_take_posts_from_other_origins(application):
    open_routes = {name for name, view in application.view_functions.items() if accepts_any_origin(view)}
    assert open_routes == OPEN_TO_OTHER_ORIGINS


def test_nothing_is_changed_by_a_get(application):
    """Mail scanners follow links: a route that changes something takes POST only."""
    nouns_that_change = ("approval", "removal", "closure", "publication", "acceptance", "withdrawal", "cancellation")
    changing = [
        rule.rule
        for rule in application.url_map.iter_rules()
        if "GET" in rule.methods and rule.rule.rstrip("/").rsplit("/", 1)[-1] in nouns_that_change
        if getattr(application.view_functions[rule.endpoint], "changes_on_get", True) and "POST" in rule.methods
    ]
    assert all(_asks_first(application, rule) for rule in changing)


def _asks_first(application, path):
    # A page with the same address that asks to confirm is a view of its own, for GET only.
    views = [rule.endpoint for rule in application.url_map.iter_rules() if rule.rule == path]
    return len(views) >= 2
