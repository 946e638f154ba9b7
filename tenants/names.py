"""Addresses that a marketplace may have: lowercase letters, digits and hyphens, never a reserved or a used one."""

import re

from sqlalchemy import select

from app.core.config import config
from app.core.database import platform_connection
from app.core.errors import Invalid
from app.core.languages import gettext as _
from tenants.models import Domain, Tenant

LONGEST = 40
_SHAPE = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
RESERVED = frozenset(
    """
    about abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover billing
    blog cdn checkout conduct contact dev developer developers dns docs download example ftp guildhall hall
    halls help hostmaster id identity imap info internal invite isatap join legal localhost login logout mail
    mailbox marketplace media mx news noreply ns ns1 ns2 oauth operator owner pay payments platform pop
    postmaster pricing privacy private public register root sales search secure security service setup shop
    signin signout signup site smtp sso staff static stats status stripe styleguide support sysadmin system
    team tenant tenants terms test webhook webhooks webmaster wpad www
    """.split()
)


class UnusableName(Invalid):
    """The address cannot be had; the message says why."""


def check_slug(slug: str) -> None:
    """Check the form of an address's first label.

    :raises UnusableName: with the reason, in words for the person who typed it.
    """
    if len(slug) < 3:
        raise UnusableName(_("Use at least three characters."))
    elif len(slug) > LONGEST:
        raise UnusableName(_("Use at most %(longest)s characters.", longest=LONGEST))
    elif not _SHAPE.fullmatch(slug):
        raise UnusableName(_("Use lowercase letters, digits and hyphens, with a letter or digit at both ends."))
    elif slug[2:4] == "--":
        # Such names are how other scripts are encoded ("xn--…"), and could imitate somebody else's.
        raise UnusableName(_("Use a name without two hyphens in third place."))
    elif slug in RESERVED:
        raise UnusableName(_("That name is kept for the platform. Try another."))


def is_taken(slug: str) -> bool:
    """Return whether an address is or ever was somebody's: a name is never used again after its tenant is gone."""
    with platform_connection() as connection:
        host = connection.execute(select(Domain.host).where(Domain.host == host_of(slug))).first()
        tenant = connection.execute(select(Tenant.id).where(Tenant.slug == slug)).first()
    return host is not None or tenant is not None


def host_of(slug: str) -> str:
    """Return the host, without a port, that a slug has on this installation."""
    return f"{slug}.{config().platform_host}"


def slug_from(name: str) -> str:
    """Return a usable first guess of an address for a marketplace's name, perhaps empty."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")[:LONGEST].strip("-")
