"""Writing a category's news and reading list: its own leaders, and nothing beyond the category."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.categories.noticeboard import CategoryPost, ListFull, Reading
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.editorial.pages import all_pages
from app.leading.blueprint import blueprint
from app.leading.forms import News, Recommendation
from app.leading.front import news_of, readings_of
from app.policies import KEEP_BOARD
from tenants.isolation import scoped

_SHOWN = 50


class NotOnThisBoard(NotFound):
    message = _l("There is nothing like that in this category.")


@blueprint.get("/categories/<slug>/board")
@authorized(KEEP_BOARD, load=category_or_404)
def board(category: Category) -> str:
    return _board_page(category)


@blueprint.post("/categories/<slug>/news")
@authorized(KEEP_BOARD, load=category_or_404)
def post_news(category: Category) -> Any:
    form = News()
    if not form.validate_on_submit():
        return _board_page(category, news=form), 422
    CategoryPost.post(category, by=current_member(), now=clock.now(), **form.data)
    flash(_("It stands on the category's page."))
    return redirect(url_for(".board", slug=category.slug))


@blueprint.get("/categories/<slug>/news/<uuid:post_id>")
@authorized(KEEP_BOARD, load=category_or_404)
def edit_news(category: Category, post_id: UUID) -> str:
    post = _post_or_404(category, post_id)
    return _news_page(category, post, News(formdata=None, obj=post))


@blueprint.post("/categories/<slug>/news/<uuid:post_id>")
@authorized(KEEP_BOARD, load=category_or_404)
def revise_news(category: Category, post_id: UUID) -> Any:
    post, form = _post_or_404(category, post_id), News()
    if not form.validate_on_submit():
        return _news_page(category, post, form), 422
    post.revise(category, by=current_member(), **form.data)
    flash(_("Saved."))
    return redirect(url_for(".board", slug=category.slug))


@blueprint.post("/categories/<slug>/news/<uuid:post_id>/removal")
@authorized(KEEP_BOARD, load=category_or_404)
def remove_news(category: Category, post_id: UUID) -> Response:
    _post_or_404(category, post_id).remove(category, by=current_member(), now=clock.now())
    flash(_("It is taken away."))
    return redirect(url_for(".board", slug=category.slug))


@blueprint.post("/categories/<slug>/reading")
@authorized(KEEP_BOARD, load=category_or_404)
def recommend(category: Category) -> Any:
    form = _recommending()
    if not form.validate_on_submit():
        return _board_page(category, reading=form), 422
    try:
        Reading.recommend(category, by=current_member(), **form.data)
    except ListFull as full:
        form.refuse("title", full.message)
        return _board_page(category, reading=form), full.status
    flash(_("It is on the reading list."))
    return redirect(url_for(".board", slug=category.slug, _anchor="reading"))


@blueprint.post("/categories/<slug>/reading/<uuid:reading_id>/removal")
@authorized(KEEP_BOARD, load=category_or_404)
def take_out(category: Category, reading_id: UUID) -> Response:
    entry = db.session.scalars(
        select(Reading).where(scoped(Reading), Reading.id == reading_id, Reading.category_id == category.id)
    ).one_or_none()
    if entry is None:
        raise NotOnThisBoard
    entry.take_out(category, by=current_member())
    flash(_("It is taken away."))
    return redirect(url_for(".board", slug=category.slug, _anchor="reading"))


def _post_or_404(category: Category, post_id: UUID) -> CategoryPost:
    """Return a piece of news of this very category: whoever leads one edits nothing of another.

    :raises NotOnThisBoard: when there is none.
    """
    of_it = (CategoryPost.id == post_id, CategoryPost.category_id == category.id, CategoryPost.removed_at.is_(None))
    post = db.session.scalars(select(CategoryPost).where(scoped(CategoryPost), *of_it)).one_or_none()
    if post is None:
        raise NotOnThisBoard
    return post


def _recommending(*, empty: bool = False) -> Recommendation:
    form = Recommendation(formdata=None) if empty else Recommendation()
    own = [(page.id, page.title) for page in all_pages() if page.is_published]
    form.page_id.options = [(None, _("None: the link above")), *own]
    return form


def _board_page(category: Category, *, news: News | None = None, reading: Recommendation | None = None) -> str:
    return render_template(
        "leading/board.html",
        category=category,
        posts=news_of(category.id, _SHOWN),
        readings=readings_of(category.id),
        news=news or News(formdata=None),
        reading=reading or _recommending(empty=True),
    )


def _news_page(category: Category, post: CategoryPost, form: News) -> str:
    return render_template("leading/news.html", category=category, post=post, form_=form)
