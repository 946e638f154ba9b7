"""Feeds of gigs, and what search engines ask for. A marketplace for members has no feeds: its address knows nothing of them."""

from typing import Any

from flask import Response, url_for

from app.authorization import anyone_may, authorized, public
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.core.caching import while_unchanged
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.feeds import atom, json_feed, site_map
from app.feeds.blueprint import blueprint
from app.feeds.feed import feed_of
from app.feeds.queries import newest_for_anyone
from app.policies import SEE_HALL
from tenants.context import TenantInfo, current_tenant
from tenants.links import origin

_WRITERS: dict[str, Any] = {"atom": atom, "json": json_feed}
_FORM = "<any(atom, json):form>"


def public_hall_or_404() -> TenantInfo:
    """Return the marketplace, if anyone may look inside.

    :raises NotFound: when it is for members.
    """
    if not anyone_may(SEE_HALL):
        raise NotFound
    return current_tenant()


def public_category_or_404(slug: str) -> Category:
    """Return a category of a marketplace that anyone may look into.

    :raises NotFound: when there is none, or the marketplace is for members.
    """
    public_hall_or_404()
    return category_or_404(slug)


@blueprint.get(f"/gigs.{_FORM}")
@authorized(SEE_HALL, load=public_hall_or_404, before_rules=True)
@while_unchanged()
def gigs(hall: TenantInfo, form: str) -> Response:
    return _answer(form, None, title=_("Gigs · %(name)s", name=hall.name), subtitle=hall.tagline)


@blueprint.get(f"/categories/<slug>.{_FORM}")
@authorized(SEE_HALL, load=public_category_or_404, before_rules=True)
@while_unchanged()
def category(category: Category, form: str) -> Response:
    title = f"{category.name} · {current_tenant().name}"
    return _answer(form, category, title=title, subtitle=category.summary)


@blueprint.get("/sitemap.xml")
@authorized(SEE_HALL, load=public_hall_or_404, before_rules=True)
@while_unchanged()
def map_of_site(hall: TenantInfo) -> Response:
    return Response(site_map.written(site_map.places(hall)), mimetype=site_map.TYPE)


@blueprint.get("/robots.txt")
@public
@while_unchanged()
def robots() -> Response:
    return Response(site_map.robots(current_tenant(), is_public=anyone_may(SEE_HALL)), mimetype="text/plain")


def _answer(form: str, category: Category | None, *, title: str, subtitle: str) -> Response:
    hall, writer = current_tenant(), _WRITERS[form]
    home = url_for("categories.show", slug=category.slug) if category else url_for("gigs.index")
    own = url_for(".category", slug=category.slug, form=form) if category else url_for(".gigs", form=form)
    feed = feed_of(
        hall,
        newest_for_anyone(category.id if category else None),
        title=title,
        subtitle=subtitle,
        home_url=origin(hall.host) + home,
        own_url=origin(hall.host) + own,
    )
    return Response(writer.written(feed), mimetype=writer.TYPE)
