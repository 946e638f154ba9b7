"""The front page at the leader's desk: blocks in their order, on and off, their words; a draft until it is published."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.errors import Invalid
from app.core.forms import Form
from app.core.languages import gettext as _
from app.editorial.arrangement import KINDS, Arrangement, Block
from app.editorial.forms import BlockWords, FreeWords, Move, OpeningWords, Seen, Showing
from app.editorial.front_page import ChangedMeanwhile, FrontPage
from app.policies import MANAGE_HALL

blueprint = Blueprint("editorial", __name__, subdomain="hall")

_BLOCK = f"/desk/front/<any({', '.join(KINDS)}):name>"


@blueprint.get("/desk/front")
@authorized(MANAGE_HALL)
def front() -> str:
    return _desk()


@blueprint.get(_BLOCK)
@authorized(MANAGE_HALL)
def block(name: str) -> str:
    page = FrontPage.of_hall()
    found = page.drafted.block(name)
    return _words_page(found, _words_form(found)(data={"title": found.title, "text": found.text}), page.edition)


@blueprint.post(_BLOCK)
@authorized(MANAGE_HALL)
def save_block(name: str) -> tuple[str, int] | Response:
    page = FrontPage.locked()
    found = page.drafted.block(name)
    form = _words_form(found)()
    if not form.validate_on_submit():
        return _words_page(found, form, form.seen), 422
    wanted = page.drafted.worded(name, title=form.title.data, text=form.text.data)
    try:
        page.arrange(wanted, seen=form.seen, by=current_member(), now=clock.now())
    except ChangedMeanwhile:
        # What was typed stays; sending it again puts it over what is shown beside it.
        return _words_page(found, form, page.edition, changed_meanwhile=True), 409
    flash(_("Kept in the draft. Nobody else sees it until you publish it."))
    return redirect(url_for(".front", _anchor=name))


@blueprint.post(f"{_BLOCK}/position")
@authorized(MANAGE_HALL)
def move(name: str) -> tuple[str, int] | Response:
    form = _sent(Move())
    return _rearrange(form, lambda now_there: now_there.moved(name, up=form["to"].data == "up"), name)


@blueprint.post(f"{_BLOCK}/visibility")
@authorized(MANAGE_HALL)
def switch(name: str) -> tuple[str, int] | Response:
    form = _sent(Showing())
    return _rearrange(form, lambda now_there: now_there.switched(name, shown=form["shown"].data == "yes"), name)


@blueprint.post("/desk/front/reset")
@authorized(MANAGE_HALL)
def reset() -> tuple[str, int] | Response:
    """Put the usual blocks and words in the draft; what everybody sees stays until that is published."""
    return _rearrange(_sent(Seen()), lambda _: Arrangement.usual())


@blueprint.post("/desk/front/publication")
@authorized(MANAGE_HALL)
def publication() -> tuple[str, int] | Response:
    form, page = _sent(Seen()), FrontPage.locked()
    try:
        page.publish(seen=form.seen, by=current_member(), now=clock.now())
    except ChangedMeanwhile as refusal:
        return _desk(refusal.message), 409
    flash(_("Published. Everybody sees your front page like this from now on."))
    return redirect(url_for("halls.front"))


@blueprint.post("/desk/front/withdrawal")
@authorized(MANAGE_HALL)
def withdrawal() -> tuple[str, int] | Response:
    form, page = _sent(Seen()), FrontPage.locked()
    try:
        page.discard(seen=form.seen, by=current_member(), now=clock.now())
    except ChangedMeanwhile as refusal:
        return _desk(refusal.message), 409
    flash(_("The draft is gone. Here is the front page as everybody sees it."))
    return redirect(url_for(".front"))


def _rearrange(form: Seen, change: Callable[[Arrangement], Arrangement], at: str = "") -> tuple[str, int] | Response:
    page = FrontPage.locked()
    try:
        page.arrange(change(page.drafted), seen=form.seen, by=current_member(), now=clock.now())
    except ChangedMeanwhile as refusal:
        return _desk(refusal.message), 409
    # Back to where the button was, so that a block can be moved several places without searching for it.
    return redirect(url_for(".front", _anchor=at or None))


def _sent(form: Any) -> Any:
    if not form.validate_on_submit():
        raise Invalid(_("That button sent something that we do not know. Reload the page and try again."))
    return form


def _desk(refusal: str = "") -> str:
    page = FrontPage.of_hall()
    return render_template("editorial/front.html", page=page, blocks=page.drafted.blocks, refusal=refusal)


def _words_form(block: Block) -> type[Any]:
    if block.kind.is_fixed:
        return OpeningWords
    return FreeWords if block.kind.is_text else BlockWords


def _words_page(block: Block, form: Form, edition: int, *, changed_meanwhile: bool = False) -> str:
    return render_template(
        "editorial/block.html", block=block, form_=form, edition=edition, changed_meanwhile=changed_meanwhile
    )
