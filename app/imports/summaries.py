"""A line about a gig that came without one, from what its row does say."""

from app.core.currencies import exponent
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import listed
from app.imports.pay import Pay

_WHO = {
    "Entry level": _l("somebody starting out"),
    "Intermediate": _l("somebody with some experience"),
    "Expert": _l("an expert"),
    "": _l("whoever knows it well"),
}
# What a fixed price tells of the size of a job, in whole units of most currencies.
_SIZES = (
    (60, _l("A quick fixed-price job")),
    (300, _l("A small fixed-price job")),
    (1_500, _l("A fixed-price job")),
    (6_000, _l("A larger fixed-price job")),
)
# They stand on almost every row; what comes after them says more.
_GENERAL = frozenset(
    "api;app development;css;design;development;graphic design;html;html5;javascript;mobile app development;"
    "smartphone;web application;web design;web development;website".split(";")
)


def written_summary(skills: list[str], unnamed: int, level: str, pay: Pay) -> str:
    """Return one sentence of at most 200 characters: the kind of work, its most telling skill, for whom, and with what else."""
    if not skills:
        return _("%(job)s for %(who)s.", job=_job(pay), who=_WHO[level])
    telling = next((skill for skill in skills if skill.casefold() not in _GENERAL), skills[0])
    others = _others([skill for skill in skills if skill != telling], unnamed)
    said = {"job": _job(pay), "skill": telling, "who": _WHO[level]}
    if others:
        sentence = _("%(job)s in %(skill)s for %(who)s, with %(others)s.", others=others, **said)
        if len(sentence) <= 200:
            return sentence
    return _("%(job)s in %(skill)s for %(who)s.", **said)


def _job(pay: Pay) -> str:
    if pay.settlement == "none":
        return _("Work")
    elif pay.settlement == "credits":
        return _("Work for time credits")
    elif pay.pay_kind == "hourly":
        return _("Hourly work")
    elif pay.pay_min is None or pay.currency is None:
        return _("A fixed-price job")
    whole = (pay.pay_max or pay.pay_min) / int(10 ** exponent(pay.currency))
    return next((str(words) for most, words in _SIZES if whole < most), _("A big fixed-price job"))


def _others(skills: list[str], unnamed: int) -> str:
    named, more = skills[:2], len(skills[2:]) + unnamed
    if not named:
        return ""
    return listed([*named, *([ngettext("%(num)s more", "%(num)s more", more)] if more else [])])
