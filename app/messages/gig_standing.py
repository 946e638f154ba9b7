"""What messages add to a gig's own page: a question to its author, and a word to the moderators."""

from dataclasses import replace
from typing import Any

from flask import url_for

from app.core.languages import gettext as _
from app.gigs.standing import NextStep, Standing, refines_standing
from app.policies import BE_HERE, SEE_OWN_MESSAGES, allows
from tenants.context import Actor


@refines_standing
def with_messages(gig: Any, viewer: Actor | None, standing: Standing) -> Standing:
    """Let a member ask the author of a live gig, and report it."""
    if viewer is None or viewer.id == gig.author_id or gig.state in ("draft", "in_review", "removed"):
        return standing
    report = NextStep(_("Report to the moderators"), href=url_for("messages.new_report", kind="gig", subject_id=gig.id))
    # Whoever acts for a member reports nothing for them, and writes only where the mandate is for messages.
    reported = replace(standing, more=(*standing.more, report)) if allows(BE_HERE, viewer) else standing
    if getattr(gig, "apart", False) or not allows(SEE_OWN_MESSAGES, viewer) or gig.author_standing != "active":
        return reported
    ask = NextStep(
        _("Ask a question"), href=url_for("messages.begin", gig_id=gig.id, member_id=gig.author_id), icon="message"
    )
    return replace(reported, steps=(*reported.steps, ask))
