"""Finding gigs: the listing, one gig, and a member's own."""

from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.acquaintances.wording import ties_in_words
from app.authorization import anyone_may, authorized, current_member, may
from app.core import clock
from app.core.caching import while_unchanged
from app.core.findable import be_found
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.gigs import wording
from app.gigs.blueprint import blueprint
from app.gigs.cards import cards
from app.gigs.changes import described
from app.gigs.finding import Finding
from app.gigs.fitting import why_it_fits
from app.gigs.heads import author, over
from app.gigs.home import measured_from_home
from app.gigs.job_postings import job_posting
from app.gigs.loading import gig_page_or_404
from app.gigs.panels import panels_of
from app.gigs.particulars import particulars_of
from app.gigs.queries import own_gigs, similar
from app.gigs.search import Search
from app.gigs.standing import moderating, standing_of
from app.gigs.suggesting import suggested_for
from app.policies import REVIEW_GIG, RUN_GIG, SEE_GIG, SEE_HALL, SEE_OWN_GIGS, allows
from app.profiles.wording import finished
from tenants.context import member_or_none, tenant

_OWN_TITLES = {
    "draft": _l("Drafts"),
    "in_review": _lp("gigs", "In review"),
    "open": _l("Live"),
    "filled": _lp("gigs", "Filled"),
    "paused": _l("Resting"),
    "expired": _lp("gigs", "Expired"),
    "closed": _lp("gigs", "Closed"),
}
_NOT_OF_ONES_OWN = ("author_name", "why")
_OWN_ORDER = {state: place for place, state in enumerate(_OWN_TITLES)}


@blueprint.get("/gigs")
@authorized(SEE_HALL)
@while_unchanged()
def index() -> Any:
    if (elsewhere := measured_from_home(request.args)) is not None:
        return redirect(elsewhere)
    if anyone_may(SEE_HALL):
        be_found()
    found = Finding(Search.read(request.args), member_or_none(), url_for("gigs.index"), level=2)
    found.note_shown()
    return render_template("gigs/index.html", found=found)


@blueprint.get("/gigs/<uuid:gig_id>")
@authorized(SEE_GIG, load=gig_page_or_404)
@while_unchanged(for_visitors=True, minutes=5)
def show(gig: Any) -> Any:
    if gig.merged_into is not None:
        flash(_("“%(title)s” is part of this gig now.", title=gig.title))
        return redirect(url_for(".show", gig_id=gig.merged_into))
    viewer, today = member_or_none(), clock.today(tenant.time_zone)
    is_own = viewer is not None and viewer.id == gig.author_id
    if is_public := gig.state == "open" and anyone_may(SEE_GIG, gig):
        be_found()
    sees_changes = gig.proposed and (allows(RUN_GIG, viewer, gig) or allows(REVIEW_GIG, viewer, gig))
    return render_template(
        "gigs/show.html",
        gig=gig,
        posting=job_posting(gig) if is_public else None,
        said=wording,
        is_own=is_own,
        over=over(gig),
        author=author(gig),
        author_note=finished(gig.author_finished, gig.author_since, today),
        author_href=f"/people/{gig.author_id}",
        ties=[] if viewer is None or is_own else ties_in_words(gig, gig.author_id),
        terms=wording.terms(gig, today),
        why=why_it_fits(gig, viewer),
        particulars=particulars_of(gig, viewer),
        standing=standing_of(gig, viewer),
        panels=panels_of(gig, viewer),
        moderating=moderating(gig, viewer),
        suggested=suggested_for(gig, viewer),
        changes=described(gig, gig.proposed, today) if sees_changes else None,
        similar=cards(similar(gig, viewer)) if gig.state == "open" and gig.category_id else None,
    )


@blueprint.get("/gigs/mine")
@authorized(SEE_OWN_GIGS)
def mine() -> str:
    # Somebody who acts for a member sees drafts of theirs only where the mandate is for gigs.
    seen = (row for row in own_gigs(current_member().id) if may(SEE_GIG, row))
    rows = sorted(seen, key=lambda row: _OWN_ORDER[row.state])
    groups = [
        (state, _OWN_TITLES[state], cards(group, without=_NOT_OF_ONES_OWN))
        for state, group in groupby(rows, key=lambda row: row.state)
    ]
    return render_template("gigs/mine.html", groups=groups)
