"""Pages of the leader's own, at the desk: written with a preview, published, put in order, removed and brought back."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import anyone_may, authorized, current_member
from app.core import clock
from app.core.errors import Invalid
from app.core.findable import be_found
from app.core.languages import gettext as _
from app.editorial.desk import blueprint
from app.editorial.forms import Move, PageWords
from app.editorial.pages import Page, PageChanged, TooManyPages, Wording, all_pages
from app.editorial.queries import page_or_404, published_page_or_404, version_or_404, versions_of
from app.editorial.starts import STARTS
from app.policies import MANAGE_HALL, SEE_HALL, SEE_PAGE
from tenants.names import slug_from

_PAGE = "/desk/pages/<uuid:page_id>"


@blueprint.get("/pages/<slug>")
@authorized(SEE_PAGE, load=published_page_or_404, before_rules=True)
def show(page: Page, slug: str) -> str | Response:
    if slug != page.slug:
        return redirect(url_for(".show", slug=page.slug))
    # In a marketplace for members even what anyone may read is not for search engines.
    if anyone_may(SEE_HALL) and anyone_may(SEE_PAGE, page):
        be_found()
    return render_template("editorial/show.html", page=page)


@blueprint.get("/desk/pages")
@authorized(MANAGE_HALL)
def pages() -> str:
    return render_template("editorial/pages.html", pages=all_pages(), removed=all_pages(removed=True), starts=STARTS)


@blueprint.get("/desk/pages/new")
@authorized(MANAGE_HALL)
def new() -> str:
    start = STARTS.get(request.args.get("start", ""))
    given = {"title": _(start.title), "text": start.as_text()} if start else {}
    return _writing(None, PageWords(data=given | {"audience": "anyone"}), 0)


@blueprint.post("/desk/pages")
@authorized(MANAGE_HALL)
def begin() -> tuple[str, int] | str | Response:
    form = PageWords()
    if not form.validate_on_submit():
        return _writing(None, form, 0), 422
    elif _wants_a_look():
        return _writing(None, form, 0, is_preview=True)
    try:
        page = Page.begin(_wording(form), by=current_member(), now=clock.now())
    except TooManyPages as refusal:
        form.refuse(None, refusal.message)
        return _writing(None, form, 0), 409
    return _kept(page)


@blueprint.get(_PAGE)
@authorized(MANAGE_HALL, load=page_or_404)
def page(page: Page) -> str | Response:
    if page.is_removed:
        return redirect(url_for(".pages"))
    return _writing(page, PageWords(obj=page), page.version)


@blueprint.post(_PAGE)
@authorized(MANAGE_HALL, load=page_or_404)
def save(page: Page) -> tuple[str, int] | str | Response:
    form = PageWords()
    if not form.validate_on_submit():
        return _writing(page, form, form.seen), 422
    elif _wants_a_look():
        return _writing(page, form, form.seen, is_preview=True)
    try:
        page.revise(_wording(form), seen=form.seen, by=current_member(), now=clock.now())
    except PageChanged:
        # What was typed stays; the other version is a click away.
        return _writing(page, form, page.version, changed_meanwhile=True), 409
    return _kept(page)


@blueprint.post(f"{_PAGE}/publication")
@authorized(MANAGE_HALL, load=page_or_404)
def page_publication(page: Page) -> Response:
    page.publish(by=current_member())
    flash(_("“%(title)s” is published.", title=page.title))
    return redirect(url_for(".pages"))


@blueprint.post(f"{_PAGE}/withdrawal")
@authorized(MANAGE_HALL, load=page_or_404)
def page_withdrawal(page: Page) -> Response:
    page.withdraw(by=current_member())
    flash(_("“%(title)s” is a draft again. Nobody but the leaders sees it.", title=page.title))
    return redirect(url_for(".pages"))


@blueprint.post(f"{_PAGE}/position")
@authorized(MANAGE_HALL, load=page_or_404)
def page_position(page: Page) -> Response:
    form = Move()
    if not form.validate_on_submit():
        raise Invalid(_("That button sent something that we do not know. Reload the page and try again."))
    page.move(up=form["to"].data == "up")
    return redirect(url_for(".pages", _anchor=page.slug))


@blueprint.get(f"{_PAGE}/removal")
@authorized(MANAGE_HALL, load=page_or_404)
def ask_removal(page: Page) -> str:
    return render_template("editorial/removal.html", page=page)


@blueprint.post(f"{_PAGE}/removal")
@authorized(MANAGE_HALL, load=page_or_404)
def page_removal(page: Page) -> Response:
    page.remove(by=current_member())
    flash(_("“%(title)s” is removed. You can bring it back from the list below.", title=page.title))
    return redirect(url_for(".pages"))


@blueprint.post(f"{_PAGE}/return")
@authorized(MANAGE_HALL, load=page_or_404)
def page_return(page: Page) -> Response:
    page.bring_back(by=current_member())
    flash(_("“%(title)s” is back, as a draft.", title=page.title))
    return redirect(url_for(".page", page_id=page.id))


@blueprint.get(f"{_PAGE}/versions")
@authorized(MANAGE_HALL, load=page_or_404)
def versions(page: Page) -> str:
    return render_template("editorial/versions.html", page=page, versions=versions_of(page))


@blueprint.get(f"{_PAGE}/versions/<int:number>")
@authorized(MANAGE_HALL, load=page_or_404)
def version(page: Page, number: int) -> str:
    return render_template("editorial/version.html", page=page, version=version_or_404(page, number))


@blueprint.post(f"{_PAGE}/versions/<int:number>/return")
@authorized(MANAGE_HALL, load=page_or_404)
def version_return(page: Page, number: int) -> Response:
    """Say again what the page said once: as its newest version, so that nothing in between is lost."""
    old = version_or_404(page, number)
    page.revise(
        page.wording._replace(title=old.title, text=old.text), seen=page.version, by=current_member(), now=clock.now()
    )
    flash(_("“%(title)s” says again what it said in version %(number)s.", title=page.title, number=number))
    return redirect(url_for(".page", page_id=page.id))


def _wants_a_look() -> bool:
    return request.form.get("then") == "look"


def _wording(form: PageWords) -> Wording:
    return Wording(form.title.data, form.text.data or "", slug_from(form.slug.data), form.audience.data)


def _kept(page: Page) -> Response:
    if request.form.get("then") == "publish" and not page.is_published:
        page.publish(by=current_member())
    flash(
        _("“%(title)s” is published.", title=page.title)
        if page.is_published
        else _("“%(title)s” is kept as a draft.", title=page.title)
    )
    return redirect(url_for(".pages", _anchor=page.slug))


def _writing(
    page: Page | None, form: PageWords, edition: int, *, is_preview: bool = False, changed_meanwhile: bool = False
) -> str:
    return render_template(
        "editorial/page.html",
        page=page,
        form_=form,
        edition=edition,
        is_preview=is_preview,
        changed_meanwhile=changed_meanwhile,
    )
