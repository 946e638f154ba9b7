"""What joins two members, in words."""

from typing import Any
from uuid import UUID

from app.core.languages import gettext as _
from app.core.languages import ngettext


def ties_in_words(row: Any, other_id: UUID) -> list[str]:
    """Return what a row with the columns of a tie says to the member who looks at another: nothing to a stranger."""
    said = []
    if row.together:
        said.append(ngettext("You worked together.", "You worked together on %(num)s gigs.", row.together))
    if row.inviter_id is not None:
        said.append(_("They invited you here.") if row.inviter_id == other_id else _("You invited them here."))
    if row.vouchers:
        said.append(
            ngettext(
                "%(num)s person you know vouches for them.", "%(num)s people you know vouch for them.", row.vouchers
            )
        )
    if row.in_common:
        said.append(
            ngettext(
                "%(num)s person you know worked with them.",
                "%(num)s people you know worked with them.",
                row.in_common,
            )
        )
    return said
