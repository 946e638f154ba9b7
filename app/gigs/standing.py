"""Where a gig stands for whoever looks, and what they can do next: the panel beside its page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import day
from app.gigs.models.suggestions import SUGGESTABLE
from app.gigs.states import GIG
from app.policies import INVITE, MERGE_GIG, REMOVE_GIG, REVIEW_GIG, RUN_GIG, SUGGEST_CHANGE, allows
from tenants.context import Actor, tenant


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do: a page to go to (`href`), or a single step (`action`) that may ask first (`confirm`)."""

    label: str
    href: str = ""
    action: str = ""
    kind: str = "quiet"
    icon: str = ""
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the panel says: a heading, a sentence, until when, what to do first, and what else (`more`, a menu)."""

    title: str
    text: str = ""
    until: str = ""
    steps: tuple[NextStep, ...] = ()
    more: tuple[NextStep, ...] = ()
    # It is somebody else's turn, or nobody's.
    is_theirs: bool = False

    def first(self, *steps: NextStep) -> "Standing":
        """Return the same with further steps before its own."""
        return replace(self, steps=(*steps, *self.steps))


Refinement = Callable[[Any, Actor | None, Standing], Standing]
_refinements: list[Refinement] = []


def refines_standing(refinement: Refinement) -> Refinement:
    """Let a feature above say more: it is given the gig's row, who looks (None for a visitor) and the standing so far, and
    returns the standing to show. Applications add “Apply” here, and to the author how many wait.
    """
    _refinements.append(refinement)
    return refinement


def standing_of(gig: Any, viewer: Actor | None) -> Standing:
    """Return where a gig stands for whoever looks."""
    if allows(RUN_GIG, viewer, gig):
        standing = _for_author(gig)
    elif gig.state == "in_review" and allows(REVIEW_GIG, viewer, gig):
        standing = _for_reviewer(gig)
        if allows(SUGGEST_CHANGE, viewer, gig):
            standing = replace(standing, steps=(*standing.steps, _suggesting(gig)))
    else:
        standing = _for_others(gig)
    for refinement in _refinements:
        standing = refinement(gig, viewer, standing)
    return standing


def moderating(gig: Any, viewer: Actor | None) -> list[NextStep]:
    """Return what those who run the marketplace can do about anybody's gig."""
    steps = []
    # In review it stands among the steps themselves.
    if gig.state in SUGGESTABLE and gig.state != "in_review" and allows(SUGGEST_CHANGE, viewer, gig):
        steps.append(_suggesting(gig))
    if (
        GIG.allows(gig.state, "merge")
        and viewer is not None
        and viewer.id != gig.author_id
        and allows(MERGE_GIG, viewer, gig)
    ):
        steps.append(_merging(gig))
    if gig.state == "open" and allows(INVITE, viewer):
        href = url_for("admin.to_gig", gig_id=gig.id)
        steps.append(NextStep(_("Invite someone to this gig"), href=href, icon="link"))
    if allows(REMOVE_GIG, viewer, gig) and GIG.allows(gig.state, "remove"):
        href = url_for("gigs.confirm_removal", gig_id=gig.id)
        steps.append(NextStep(_("Take it down …"), href=href, kind="danger"))
    return steps


def _suggesting(gig: Any) -> NextStep:
    return NextStep(_("Suggest a change …"), href=url_for("gigs.suggest", gig_id=gig.id), icon="edit")


def _merging(gig: Any) -> NextStep:
    return NextStep(_("Make it one with another …"), href=url_for("merging.choose", gig_id=gig.id))


def _for_others(gig: Any) -> Standing:
    if gig.state == "open" and not gig.accepting:
        return Standing(
            _("Not taking applications now"),
            _("It is under way; its author has enough people for the moment."),
            is_theirs=True,
        )
    elif gig.state == "open":
        left = gig.seats - gig.seats_taken
        if gig.seats == 1:
            places = ""
        elif left == gig.seats:
            places = ngettext("%(num)s place, all of them free.", "%(num)s places, all of them free.", gig.seats)
        else:
            places = ngettext(
                "%(num)s place, %(left)s of them free.", "%(num)s places, %(left)s of them free.", gig.seats, left=left
            )
        return Standing(_("Open"), places, _until(gig))
    else:
        title, text = _OVER[gig.state]
        return Standing(title, gig.state_reason or text if gig.state in ("paused", "closed") else text)


_OVER = {
    "paused": (_l("Resting"), _l("Its author has paused it for now.")),
    "filled": (_l("All places are taken"), _l("The people have been found.")),
    "expired": (_l("Expired"), _l("Its time is over. Its author may renew it.")),
    "closed": (_l("Closed"), _l("This gig has ended.")),
    "in_review": (_l("In review"), _l("It is not live yet.")),
    "removed": (_l("Taken down"), _l("It broke a rule of this marketplace.")),
}


def _for_reviewer(gig: Any) -> Standing:
    return Standing(
        _("Waits for your review"),
        _("Read it as a member would. When you approve, it goes live at once."),
        steps=(
            NextStep(_("Approve"), action=url_for("gigs.approve", gig_id=gig.id), kind="primary"),
            NextStep(_("Hand back …"), href=url_for("gigs.confirm_hand_back", gig_id=gig.id)),
        ),
    )


def _for_author(gig: Any) -> Standing:
    title, text = _own_words(gig)
    order = _FIRST_STEPS.get(gig.state, ())
    verbs = {row.verb for row in GIG.verbs(gig.state)}
    steps = tuple(_STEPS[verb](gig) for verb in order if verb in verbs or verb in _WITHOUT_A_ROW)
    rest = [verb for verb in _MORE if verb in verbs and verb not in order]
    more = (*(_STEPS[verb](gig) for verb in rest), *_recruiting(gig), *_joining(gig), _STEPS["copy"](gig))
    until = _until(gig) if gig.state in ("open", "paused") else ""
    return Standing(title, text, until, steps, more if gig.state != "draft" else ())


def _own_words(gig: Any) -> tuple[str, str]:
    because = f"“{gig.state_reason}”" if gig.state_reason else ""
    return {
        "draft": (
            _("Your draft"),
            _("Handed back: %(because)s", because=because)
            if because
            else _("Only you see it. It is kept as you write."),
        ),
        "in_review": (_("In review"), _("Its category's leaders look at it; you hear as soon as they have decided.")),
        "open": (_("Your gig is live"), "" if gig.accepting else _("It takes no applications at the moment.")),
        "paused": (_("Your gig rests"), because),
        "filled": (_("All places are taken"), _("It is off the lists. It opens again when somebody steps out.")),
        "expired": (_("Your gig has expired"), _("Renew it and it is back in the lists, or close it if it is done.")),
        "closed": (_("Your gig has closed"), because),
        "removed": (_("Your gig was taken down"), because),
    }[gig.state]


def _until(gig: Any) -> str:
    if gig.expires_at is None:
        return ""
    # It ends with the first moment of the next day; people name the last day itself.
    last = (gig.expires_at.astimezone(ZoneInfo(tenant.time_zone)) - _INSTANT).date()
    return _("Listed until %(day)s", day=day(min(last, gig.due_on) if gig.due_on else last))


_INSTANT = timedelta(microseconds=1)
_FIRST_STEPS = {
    "draft": ("write",),
    "in_review": ("withdraw",),
    "open": ("edit",),
    "paused": ("resume", "edit"),
    "filled": ("edit",),
    "expired": ("renew", "edit", "close"),
    "closed": ("copy",),
}
_MORE = ("pause", "renew", "close")
_WITHOUT_A_ROW = ("write", "edit", "copy")

_STEPS: dict[str, Callable[[Any], NextStep]] = {
    "write": lambda gig: NextStep(
        _("Go on writing"), href=url_for("gigs.step", gig_id=gig.id, step="what"), kind="primary"
    ),
    "edit": lambda gig: NextStep(_("Edit"), href=url_for("gigs.edit", gig_id=gig.id), icon="edit"),
    "withdraw": lambda gig: NextStep(_("Take it back to work on it"), action=url_for("gigs.withdraw", gig_id=gig.id)),
    "resume": lambda gig: NextStep(_("Resume"), action=url_for("gigs.resume", gig_id=gig.id), kind="primary"),
    "renew": lambda gig: NextStep(_("Renew"), action=url_for("gigs.renew", gig_id=gig.id), kind="primary"),
    "pause": lambda gig: NextStep(_("Pause …"), href=url_for("gigs.confirm_pause", gig_id=gig.id)),
    "close": lambda gig: NextStep(_("Close …"), href=url_for("gigs.confirm_closure", gig_id=gig.id)),
    "copy": lambda gig: NextStep(_("Post it again as a copy"), action=url_for("gigs.duplicate", gig_id=gig.id)),
}


def _joining(gig: Any) -> tuple[NextStep, ...]:
    return (_merging(gig),) if gig.state != "in_review" and GIG.allows(gig.state, "merge") else ()


def _recruiting(gig: Any) -> tuple[NextStep, ...]:
    if gig.state not in ("open", "filled"):
        return ()
    elif gig.accepting:
        return (NextStep(_("Take no more applications"), action=url_for("gigs.stop_applications", gig_id=gig.id)),)
    else:
        return (NextStep(_("Take applications again"), action=url_for("gigs.take_applications", gig_id=gig.id)),)
