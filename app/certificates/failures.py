"""What stands in the way of a certificate."""

from app.core.errors import Conflict, NotFound
from app.core.languages import lazy_gettext as _l


class NoSuchCertificate(NotFound):
    message = _l("There is no certificate under this code. Look at it once more, letter by letter.")


class NothingToCertify(NotFound):
    message = _l("There is nothing here that could be certified to you.")


class CertifiedAlready(Conflict):
    message = _l(
        "You have a certificate of this already. Take it back first, and then have it issued with other details."
    )


class AnnulledBefore(Conflict):
    message = _l(
        "The marketplace annulled your certificate of this, so it issues no other. Its leaders can tell you more."
    )


class NoLongerStands(Conflict):
    message = _l("This certificate no longer stands.")
