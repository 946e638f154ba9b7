"""Why somebody and a gig fit, in words: composed of the very parts of the score, to the member or about them."""

from collections.abc import Callable
from typing import Any

from app.core.languages import gettext as _
from app.core.languages import ngettext, pgettext
from app.core.wording import hours, listed
from app.matching.scoring import Part

_MOST_SKILLS, _MOST_REASONS = 3, 4
_Said = dict[str, Any]


def to_member(parts: tuple[Part, ...], most: int = _MOST_REASONS) -> str:
    """Return why a gig suits whoever reads it: “You know Figma and InDesign; you want to learn motion.”"""
    return _sentence(reasons_to_member(parts)[:most])


def about_member(parts: tuple[Part, ...], most: int = _MOST_REASONS) -> str:
    """Return why a member suits a gig, as its author reads it: “Knows Figma and InDesign; wants to learn motion.”"""
    return _sentence(reasons_about_member(parts)[:most])


def reasons_to_member(parts: tuple[Part, ...]) -> list[str]:
    """Return each reason why a gig suits whoever reads it; what counts nothing here is none."""
    return _told(parts, _TO_MEMBER)


def reasons_about_member(parts: tuple[Part, ...]) -> list[str]:
    """Return each reason why a member suits a gig, as its author reads it."""
    return _told(parts, _ABOUT_MEMBER)


def _told(parts: tuple[Part, ...], words: dict[str, Callable[[_Said], str]]) -> list[str]:
    told = [words[part.name](part.said) for part in parts if part.points > 0 and part.name in words]
    return [reason for reason in told if reason]


def _sentence(reasons: list[str]) -> str:
    """Return reasons as one sentence."""
    joined = pgettext("between reasons", "; ").join(reasons)
    return f"{joined[0].upper()}{joined[1:]}." if joined else ""


def _skills(names: list[str]) -> str:
    return listed(names[:_MOST_SKILLS])


def _you_know(said: _Said) -> str:
    reasons = []
    if said["skills"]:
        reasons.append(_("you know %(words)s", words=_skills(said["skills"])))
    elif said["kin"]:
        skill, asked = said["kin"][0]
        reasons.append(_("you know %(skill)s, which goes with %(asked)s here", skill=skill, asked=asked))
    if said["shown"]:
        reasons.append(_("you showed %(words)s in work here", words=_skills(said["shown"])))
    if said["endorsed"]:
        reasons.append(_("you are endorsed for %(words)s", words=_skills(said["endorsed"])))
    return pgettext("between reasons", "; ").join(reasons)


def _they_know(said: _Said) -> str:
    reasons = []
    if said["skills"]:
        reasons.append(_("knows %(words)s", words=_skills(said["skills"])))
    elif said["kin"]:
        skill, asked = said["kin"][0]
        reasons.append(_("knows %(skill)s, which goes with %(asked)s here", skill=skill, asked=asked))
    if said["shown"]:
        reasons.append(_("showed %(words)s in work here", words=_skills(said["shown"])))
    if said["endorsed"]:
        reasons.append(_("is endorsed for %(words)s", words=_skills(said["endorsed"])))
    return pgettext("between reasons", "; ").join(reasons)


def _fits(said: _Said) -> bool:
    return bool(said) and said["takes"] <= said["free"]


def _your_time(said: _Said) -> str:
    if not said or said["takes"] > said["free"]:
        return ""
    return _("%(takes)s a week fits the %(free)s you have free", takes=hours(said["takes"]), free=hours(said["free"]))


def _their_time(said: _Said) -> str:
    if not _fits(said):
        return ""
    return _("has %(free)s a week free for the %(takes)s", takes=hours(said["takes"]), free=hours(said["free"]))


def _your_place(said: _Said) -> str:
    if said["is_same"]:
        return _("it is in %(place)s, where you are", place=said["place"])
    return _("it is in %(place)s, close to you", place=said["place"])


def _their_place(said: _Said) -> str:
    if said["is_same"]:
        return _("is in %(place)s as well", place=said["place"])
    return _("is close to %(place)s", place=said["place"])


def _you_worked(said: _Said) -> str:
    if said.get("together"):
        return _("you worked with %(name)s before", name=said["author"])
    elif said.get("invited"):
        return _("you know %(name)s", name=said["author"])
    elif said.get("vouchers"):
        return ngettext(
            "%(num)s person whom you know vouches for %(name)s",
            "%(num)s people whom you know vouch for %(name)s",
            said["vouchers"],
            name=said["author"],
        )
    return ngettext(
        "%(num)s person whom you know worked with %(name)s",
        "%(num)s people whom you know worked with %(name)s",
        said["in_common"],
        name=said["author"],
    )


def _they_worked(said: _Said) -> str:
    if said.get("together"):
        return _("worked with you before")
    elif said.get("invited"):
        return _("you know each other")
    elif said.get("vouchers"):
        return ngettext(
            "%(num)s person whom you know vouches for them",
            "%(num)s people whom you know vouch for them",
            said["vouchers"],
        )
    return ngettext(
        "%(num)s person whom you know worked with them",
        "%(num)s people whom you know worked with them",
        said["in_common"],
    )


_TO_MEMBER: dict[str, Callable[[_Said], str]] = {
    "held": _you_know,
    "wanted": lambda said: _("you want to learn %(words)s", words=_skills(said["skills"])),
    "interest": lambda said: _("you are interested in %(words)s", words=_skills(said["skills"])),
    "time": _your_time,
    "place": lambda said: _your_place(said) if said else "",
    "field": lambda said: ngettext(
        "you finished %(num)s gig in %(category)s", "you finished %(num)s gigs in %(category)s", said["done"],
        category=said["category"],
    ),
    "known": _you_worked,
}  # fmt: skip
_ABOUT_MEMBER: dict[str, Callable[[_Said], str]] = {
    "held": _they_know,
    "wanted": lambda said: _("wants to learn %(words)s", words=_skills(said["skills"])),
    "interest": lambda said: _("is interested in %(words)s", words=_skills(said["skills"])),
    "time": _their_time,
    "place": lambda said: _their_place(said) if said else "",
    "field": lambda said: ngettext(
        "finished %(num)s gig in %(category)s", "finished %(num)s gigs in %(category)s", said["done"],
        category=said["category"],
    ),
    "known": _they_worked,
}  # fmt: skip
