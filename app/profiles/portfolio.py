"""Work to show: adding, changing, ordering and taking out pieces."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.policies import BE_HERE, EDIT_PIECE
from app.profiles.blueprint import blueprint
from app.profiles.editing import kept_picture
from app.profiles.forms import Piece
from app.profiles.models import PortfolioFull, PortfolioItem, Profile
from app.profiles.models.portfolio import MOST
from tenants.context import current_tenant_id


class NoSuchPiece(NotFound):
    message = _l("This piece is no longer in your portfolio.")


def piece_or_404(piece_id: UUID) -> PortfolioItem:
    """Return a piece of somebody's portfolio; locked where it is about to change, so that two tabs wait for each other.

    :raises NoSuchPiece: when this tenant has none of that id.
    """
    key = (current_tenant_id(), piece_id)
    piece = db.session.get(PortfolioItem, key, with_for_update=request.method == "POST")
    if piece is None:
        raise NoSuchPiece
    return piece


@blueprint.get("/portfolio")
@authorized(BE_HERE)
def pieces() -> str:
    return render_template("profiles/portfolio.html", pieces=PortfolioItem.of(current_member().id), most=MOST)


@blueprint.get("/portfolio/new")
@authorized(BE_HERE)
def new_piece() -> str | Response:
    if len(PortfolioItem.of(current_member().id)) >= MOST:
        raise PortfolioFull
    return _piece_page(Piece(), None)


@blueprint.post("/portfolio")
@authorized(BE_HERE)
def add_piece() -> tuple[str, int] | Response:
    form = Piece()
    picture = kept_picture(form) if form.validate_on_submit() else None
    if form.problems:
        return _piece_page(form, None), 422
    Profile.of(current_member().id)
    PortfolioItem.add(current_member().id, now=clock.now(), picture=picture, **_words(form))
    flash(_("Added."))
    return redirect(url_for(".pieces"))


@blueprint.get("/portfolio/<uuid:piece_id>")
@authorized(EDIT_PIECE, load=piece_or_404)
def piece(found: PortfolioItem) -> str:
    return _piece_page(Piece(obj=found), found)


@blueprint.post("/portfolio/<uuid:piece_id>")
@authorized(EDIT_PIECE, load=piece_or_404)
def save_piece(found: PortfolioItem) -> tuple[str, int] | Response:
    form = Piece()
    picture = kept_picture(form) if form.validate_on_submit() else None
    if form.problems:
        return _piece_page(form, found), 422
    found.revise(picture=picture, **_words(form))
    flash(_("Saved."))
    return redirect(url_for(".pieces"))


@blueprint.post("/portfolio/<uuid:piece_id>/position")
@authorized(EDIT_PIECE, load=piece_or_404)
def move_piece(found: PortfolioItem) -> Response:
    Profile.of(found.member_id)
    found.move("up" if request.form.get("way") == "up" else "down")
    return redirect(url_for(".pieces", _anchor=f"piece-{found.id}"))


@blueprint.post("/portfolio/<uuid:piece_id>/removal")
@authorized(EDIT_PIECE, load=piece_or_404)
def remove_piece(found: PortfolioItem) -> Response:
    found.take_out()
    flash(_("Taken out."))
    return redirect(url_for(".pieces"))


@blueprint.post("/portfolio/<uuid:piece_id>/picture/removal")
@authorized(EDIT_PIECE, load=piece_or_404)
def remove_pieces_picture(found: PortfolioItem) -> Response:
    found.take_picture_off()
    flash(_("The picture is gone; the words stay."))
    return redirect(url_for(".piece", piece_id=found.id))


def _words(form: Form) -> dict[str, str]:
    return {name: form[name].data for name in ("title", "text", "url", "picture_alt")}


def _piece_page(form: Form, found: PortfolioItem | None) -> str:
    return render_template("profiles/piece.html", form_=form, piece=found)
