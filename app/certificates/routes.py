"""A member's certificates, the page behind their links, and what leaders do about one."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, public
from app.certificates.claim import ALWAYS, DETAILS
from app.certificates.codes import certificate_of
from app.certificates.failures import NoLongerStands, NoSuchCertificate, NothingToCertify
from app.certificates.forms import AnnulForm, IssueForm
from app.certificates.issuing import Ground, ground_or_404, grounds_of, issue
from app.certificates.models import Certificate
from app.certificates.panel import certificate_panel
from app.certificates.paper import paper_of
from app.certificates.shown import LABELS, TITLES, all_of_them, certificates_of, in_words, shown, summary
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.limits import allow
from app.policies import BE_HERE, MANAGE_HALL
from tenants.context import current_tenant_id, member_or_none, tenant

blueprint = Blueprint("certificates", __name__, subdomain="hall")
blueprint.add_app_template_global(certificate_panel)

#: How many a member has issued in a day, and prints: each costs a second of the machine.
A_DAY, PRINTS = 20, 60
_DAY = timedelta(days=1)


def certificate_or_404(certificate_id: UUID) -> Certificate:
    """Return a certificate; locked against changes at the same time by whoever is about to change it.

    :raises NothingToCertify: when this tenant has none of that id.
    """
    certificate = db.session.get(
        Certificate, (current_tenant_id(), certificate_id), with_for_update=request.method == "POST"
    )
    if certificate is None:
        raise NothingToCertify
    return certificate


def own_certificate_or_404(certificate_id: UUID) -> Certificate:
    """Return a certificate of the signed-in member.

    :raises NothingToCertify: when they have none of that id.
    """
    me, certificate = member_or_none(), certificate_or_404(certificate_id)
    if me is None or certificate.holder_id != me.id:
        raise NothingToCertify
    return certificate


@blueprint.get("/certificates")
@authorized(BE_HERE)
def index() -> str:
    me = current_member()
    grounds = [(one, str(TITLES[one.about]), _told(one)) for one in grounds_of(me.id)]
    return render_template("certificates/index.html", mine=certificates_of(me.id, now=clock.now()), grounds=grounds)


@blueprint.get("/certificates/of/<any(work, vetting):kind>/<uuid:subject_id>")
@authorized(BE_HERE)
def new(kind: str, subject_id: UUID) -> str:
    ground = ground_or_404(kind, subject_id, current_member().id)
    return _form_page(ground, _form(ground, data={"details": list(ground.details)}))


@blueprint.post("/certificates/of/<any(work, vetting):kind>/<uuid:subject_id>")
@authorized(BE_HERE)
def certify(kind: str, subject_id: UUID) -> tuple[str, int] | Response:
    me = current_member()
    ground = ground_or_404(kind, subject_id, me.id)
    form = _form(ground)
    if not form.validate_on_submit():
        return _form_page(ground, form), 422
    allow("certificates issued", str(me.id), limit=A_DAY, per=_DAY)
    issue(ground, form.details.data, by=me, now=clock.now())
    flash(_("It is issued and signed. Print it, or pass its link on."))
    return redirect(url_for(".index"))


@blueprint.get("/certificates/<uuid:certificate_id>/certificate.pdf")
@authorized(BE_HERE, load=own_certificate_or_404)
def paper(certificate: Certificate) -> Response:
    if certificate.ended is not None:
        raise NoLongerStands
    allow("certificates printed", str(current_member().id), limit=PRINTS, per=_DAY)
    content = paper_of(shown(certificate, now=clock.now()), now=clock.now())
    answer = Response(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{tenant.slug}-certificate.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/certificates/<uuid:certificate_id>/withdrawal")
@authorized(BE_HERE, load=own_certificate_or_404)
def withdraw(certificate: Certificate) -> Response:
    certificate.withdraw(by=current_member(), now=clock.now())
    flash(_("It stands no longer: its link says so from now on."))
    return redirect(url_for(".index"))


@blueprint.get("/certified/<code>")
@public
def check(code: str) -> str | tuple[str, int]:
    """Tell anybody who has a code what it certifies, and whether it stands. Of what stands no longer it tells nothing else."""
    try:
        certificate = certificate_of(code, asker=request.remote_addr or "")
    except NoSuchCertificate as nothing:
        return render_template("certificates/check.html", one=None, told=nothing.message), 404
    return render_template("certificates/check.html", one=shown(certificate, now=clock.now()))


@blueprint.get("/desk/certificates")
@authorized(MANAGE_HALL)
def desk() -> str:
    return render_template("certificates/desk.html", page=all_of_them(request.args.get("at")))


@blueprint.get("/desk/certificates/<uuid:certificate_id>/annulment")
@authorized(MANAGE_HALL, load=certificate_or_404)
def ask_annulment(certificate: Certificate) -> str:
    if certificate.ended is not None:
        raise NoLongerStands
    return _annulment_page(certificate, AnnulForm())


@blueprint.post("/desk/certificates/<uuid:certificate_id>/annulment")
@authorized(MANAGE_HALL, load=certificate_or_404)
def annul(certificate: Certificate) -> tuple[str, int] | Response:
    form = AnnulForm()
    if not form.validate_on_submit():
        return _annulment_page(certificate, form), 422
    certificate.annul(by=current_member(), why=form.why.data, now=clock.now())
    flash(_("It stands no longer, and whoever held it is told why."))
    return redirect(url_for(".desk"))


@blueprint.errorhandler(Conflict)
def _not_so(refusal: Conflict) -> tuple[str, int]:
    return render_template("certificates/refused.html", message=refusal.message), 409


def _form(ground: Ground, **values: object) -> IssueForm:
    form = IssueForm(**values)
    left = [name for name in DETAILS[ground.about] if name not in ALWAYS.get(ground.about, ())]
    form.details.options = [
        (name, f"{LABELS[name]}: {in_words(name, ground.details[name])}") for name in left if name in ground.details
    ]
    return form


def _told(ground: Ground) -> str:
    return " · ".join(in_words(name, ground.details[name]) for name in DETAILS[ground.about] if name in ground.details)


def _form_page(ground: Ground, form: IssueForm) -> str:
    return render_template(
        "certificates/form.html", ground=ground, title=str(TITLES[ground.about]), told=_told(ground), form_=form
    )


def _annulment_page(certificate: Certificate, form: AnnulForm) -> str:
    claim = certificate.claim
    return render_template(
        "certificates/annulment.html", certificate=certificate, claim=claim, told=summary(claim), form_=form
    )
