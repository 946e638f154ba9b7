"""A certificate in words: the same on its page, on paper and in lists."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from app.certificates.claim import DETAILS, Claim
from app.certificates.codes import code_of
from app.certificates.models import Certificate
from app.certificates.standing import Standing, standing_of, standings_of
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import own
from app.core.paging import Keyset, Page
from app.core.wording import full_day
from app.core.wording import month as month_in_words
from app.profiles.people import Person, as_person
from tenants.context import current_tenant
from tenants.isolation import scoped
from tenants.links import hall_url
from tenants.models import Member

TITLES = {
    "work": _l("Certificate of finished work"),
    "mentoring": _l("Certificate of mentoring"),
    "vetting": _l("Certificate of vetting"),
}
_SENTENCES = {
    "work": _l("Agreed in {hall}, handed over, and accepted by whoever had asked for it."),
    "mentoring": _l("A mentorship agreed in {hall} and brought to its end."),
    "vetting": _l("Two people of {hall} who know the field looked at what was shown, and said yes."),
}
LABELS = {
    "category": _l("Field of work"),
    "title": _l("What it was"),
    "month": _l("Finished in"),
    "skill": _l("Skill"),
    "level": _l("Level"),
    "until": _l("Holds until"),
}
_STANDS = {
    "stands": _l("It stands."),
    "withdrawn": _l("Taken back by its holder on {day}."),
    "annulled": _l("Annulled by the marketplace on {day}."),
    "over": _l("What it was about holds no longer."),
    "unproven": _l("Its signature can no longer be relied on."),
}


class Shown(NamedTuple):
    """A certificate as a page or a paper shows it."""

    id: UUID
    title: str
    holder: str
    sentence: str
    rows: list[tuple[str, str]]
    issued: str
    issued_at: datetime
    standing: Standing
    state: str
    code: str
    link: str
    why: str


def shown(certificate: Certificate, *, now: datetime) -> Shown:
    """Return a certificate in the language in force."""
    return _shown(certificate, standing_of(certificate, now=now))


def _shown(certificate: Certificate, standing: Standing) -> Shown:
    claim, code = certificate.claim, code_of(certificate.id)
    return Shown(
        certificate.id,
        str(TITLES[claim.about]),
        claim.holder,
        str(_SENTENCES[claim.about]).format(hall=own(claim.hall)),
        [(str(LABELS[name]), said) for name, said in _told(claim)],
        full_day(date.fromisoformat(claim.issued_on)),
        certificate.issued_at,
        standing,
        str(_STANDS[standing.how]).format(day=full_day(standing.since) if standing.since else ""),
        code,
        hall_url(current_tenant(), "certificates.check", code=code),
        certificate.why,
    )


def in_words(name: str, said: str) -> str:
    """Return one detail as people read it."""
    if name == "month":
        return month_in_words(date.fromisoformat(f"{said}-01"))
    return full_day(date.fromisoformat(said)) if name == "until" else said


def summary(claim: Claim) -> str:
    """Return in one line what a certificate is about."""
    return " · ".join([str(TITLES[claim.about]), *(said for _name, said in _told(claim))])


def _told(claim: Claim) -> list[tuple[str, str]]:
    kept = claim.details
    return [(name, in_words(name, kept[name])) for name in DETAILS[claim.about] if name in kept]


def certificates_of(member_id: UUID, *, now: datetime) -> list[Shown]:
    """Return a member's certificates, the newest first."""
    theirs = select(Certificate).where(scoped(Certificate), Certificate.holder_id == member_id)
    found = db.session.scalars(theirs.order_by(Certificate.issued_at.desc(), Certificate.id.desc()).limit(100)).all()
    standings = standings_of(found, now=now)
    return [_shown(certificate, standings[certificate.id]) for certificate in found]


_ALL = Keyset(
    select(Certificate.id.label("certificate_id"), Certificate.payload, Certificate.issued_at, Certificate.ended)
    .add_columns(Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count)
    .join(Member, (Member.tenant_id == Certificate.tenant_id) & (Member.id == Certificate.holder_id))
    .where(scoped(Certificate)),
    by=("issued_at", "certificate_id"),
    descending=True,
)


class Listed(NamedTuple):
    """A certificate in the leaders' list."""

    id: UUID
    person: Person
    summary: str
    issued_at: datetime
    ended: str


def all_of_them(at: str | None) -> Page[Listed]:
    """Return a page of everything that was certified here, the newest first."""
    page = _ALL.page(at)
    return Page([_listed(row) for row in page], page.next, page.previous)


def _listed(row: Any) -> Listed:
    ended = {"withdrawn": _("Taken back by its holder"), "annulled": _("Annulled")}.get(row.ended, "")
    return Listed(row.certificate_id, as_person(row), summary(Claim.read(row.payload)), row.issued_at, ended)
