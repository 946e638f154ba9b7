"""What becomes of the pay, on a gig's own page, before anybody raises a hand."""

from typing import Any

from flask import render_template
from markupsafe import Markup

from app.commissions.rules import applied
from app.commissions.wording import in_one_sentence, in_sentences
from app.gigs.panels import adds_panel
from tenants.context import Actor, tenant


@adds_panel
def panel(gig: Any, viewer: Actor | None) -> Markup | str:
    """Return what whoever looks would pay or get, at the lower end of the pay, while the gig takes people."""
    if viewer is None or gig.settlement != "money" or not gig.pay_min or gig.state not in ("draft", "open", "paused"):
        return ""
    is_author, currency = viewer.id == gig.author_id, gig.currency or tenant.currency
    author_pays = gig.direction == "request"
    other = None if is_author else viewer.id
    client_id, worker_id = (gig.author_id, other) if author_pays else (other, gig.author_id)
    found = applied(category_id=gig.category_id, currency=currency, client_id=client_id, worker_id=worker_id)
    side = "client" if is_author == author_pays else "worker"
    if gig.pay_kind == "hourly":
        # Of one hour nobody can say what a fixed amount for each payment takes.
        said = in_sentences(found, currency=currency, side=side)
    else:
        said = [in_one_sentence(gig.pay_min, found, currency=currency, side=side)]
    return Markup(render_template("commissions/panel.html", said=said)) if any(said) else ""
