"""A certificate on paper, in the marketplace's own colours."""

from datetime import datetime

from app.certificates.shown import Shown
from app.core.languages import direction, language
from app.core.languages import gettext as _
from app.core.press import pressed
from tenants.context import tenant


def paper_of(certificate: Shown, *, now: datetime) -> bytes:
    """Return a certificate as a PDF in the language in force, with a code that telephones read."""
    asked = {
        "title": certificate.title,
        "holder": certificate.holder,
        # Where the typeface lacks letters of a name, the page behind the link has them.
        "unwritten": _("The holder’s name stands on the page behind the link."),
        "sentence": certificate.sentence,
        "rows": certificate.rows,
        "hall": tenant.name,
        "host": tenant.host,
        "issued": _("Issued on %(day)s", day=certificate.issued),
        "check": _("Whether it stands, and that it is real, tells this page:"),
        "link": certificate.link,
        "preset": tenant.preset,
        "colour": tenant.brand_colour,
        "language": language(),
        "direction": direction(),
        "now": now.isoformat(),
    }
    return pressed("app.certificates.press", asked)
