"""Small parts that several pages about gigs share."""

from typing import Any

from flask import url_for
from markupsafe import Markup

from app.gigs import wording
from app.mandates.wording import said_by


def over(gig: Any) -> Markup:
    """Return the quiet line above a gig's title: “Lettering · Offer of mentorship”, the category with its link."""
    category = _linked(gig.category_slug, gig.category_name)
    if gig.parent_name:
        category = Markup(" › ").join((_linked(gig.parent_slug, gig.parent_name), category))
    return Markup(" · ").join(words for words in (category, wording.what(gig)) if words)


def _linked(slug: str | None, name: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url_for("categories.show", slug=slug), name) if name else Markup()


def author(gig: Any) -> dict[str, Any]:
    """Return a gig's author as the components show a person, on its page with whoever wrote it for them."""
    name = said_by(gig.author_name, getattr(gig, "helper_name", None))
    return {"name": name, "hue": gig.author_hue, "picture": gig.author_picture}
