"""Moving a gig to the category where it belongs."""

from typing import Any

from flask import flash, render_template, url_for

from app.authorization import authorized, current_member
from app.categories.dissolving import NowhereToGo
from app.categories.queries import posting_choices
from app.category_desk.blueprint import blueprint
from app.category_desk.desk import category_by_id_or_404, to_desk
from app.category_desk.forms import Move
from app.core.languages import gettext as _
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.gigs.models.failures import NotEditable
from app.gigs.moving import LookedAtFirst, move_gig
from app.moderation.category_bans import KeptFromCategory
from app.policies import REVIEW_GIG


@blueprint.get("/gigs/<uuid:gig_id>/move")
@authorized(REVIEW_GIG, load=gig_or_404)
def confirm_move(gig: Gig) -> str:
    return _move_page(gig, _form(gig, formdata=None))


@blueprint.post("/gigs/<uuid:gig_id>/move")
@authorized(REVIEW_GIG, load=gig_or_404)
def move(gig: Gig) -> Any:
    form, desk = _form(gig), gig.category_id
    if not form.validate_on_submit():
        return _move_page(gig, form), 422
    into = category_by_id_or_404(form.into.data)
    try:
        move_gig(gig, into, by=current_member(), why=form.why.data)
    except (NowhereToGo, NotEditable, LookedAtFirst) as refusal:
        form.refuse("into", refusal.message)
        return _move_page(gig, form), refusal.status
    except KeptFromCategory as refusal:
        # What was decided elsewhere about its author is not told to whoever moves it.
        form.refuse("into", _("This gig can’t go there for now. Choose another category."))
        return _move_page(gig, form), refusal.status
    flash(_("Moved to %(name)s. Its author is told.", name=into.name))
    return to_desk(desk)


def _form(gig: Gig, **options: None) -> Move:
    form = Move(**options)
    form.into.options = [choice for choice in posting_choices() if choice[0] != gig.category_id]
    return form


def _move_page(gig: Gig, form: Move) -> str:
    return render_template("category_desk/move.html", gig=gig, form_=form, action=url_for(".move", gig_id=gig.id))
