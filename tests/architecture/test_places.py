"""Whoever is on a page sees where it is."""

import re

from app.core.config import ROOT

# Doors, errors and pages about the whole: they are nowhere in the navigation.
NOWHERE = {
    "accounts/templates/tribes.html", "accounts/templates/turned_away.html", "editorial/templates/show.html",
    "access/templates/needed.html", "moderation/templates/held_back.html", "moderation/templates/summary.html",
    "halls/templates/shortcuts.html", "joining/templates/acceptance.html", "joining/templates/join.html",
    "joining/templates/rules.html", "messages/templates/report.html", "notifications/templates/index.html",
    "notifications/templates/stopped.html", "notifications/templates/unsubscribe.html", "templates/errors/error.html",
}  # fmt: skip
PLACES = {"hall", "gigs", "people", "categories", "messages", "work", "post", "search"}


def test_every_page_of_a_marketplace_says_where_in_the_navigation_it_is():
    pages = {
        str(path.relative_to(ROOT / "app")): path.read_text()
        for path in (ROOT / "app").rglob("templates/**/*.html")
        if 'extends "layouts/hall.html"' in path.read_text()
    }
    said = {
        name: found[1]
        for name, text in pages.items()
        if (found := re.search(r'set section_name(?:, \w+)? = "(\w+)"', text))
    }
    assert pages.keys() - said.keys() == NOWHERE
    assert set(said.values()) <= PLACES
