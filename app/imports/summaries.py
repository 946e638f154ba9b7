"""A line about a gig that came without one, from what its row does say."""

from app.core.currencies import exponent
from app.imports.pay import Pay

_WHO = {
    "Entry level": "somebody starting out",
    "Intermediate": "somebody with some experience",
    "Expert": "an expert",
    "": "whoever knows it well",
}
# What a fixed price tells of the size of a job, in whole units of most currencies.
_SIZES = ((60, "A quick"), (300, "A small"), (1_500, "A"), (6_000, "A larger"))
# They stand on almost every row; what comes after them says more.
_GENERAL = frozenset(
    "api;app development;css;design;development;graphic design;html;html5;javascript;mobile app development;"
    "smartphone;web application;web design;web development;website".split(";")
)


def written_summary(skills: list[str], unnamed: int, level: str, pay: Pay) -> str:
    """Return one sentence of at most 200 characters: the kind of work, its most telling skill, for whom, and with what else."""
    telling = next((skill for skill in skills if skill.casefold() not in _GENERAL), skills[0] if skills else "")
    also = [skill for skill in skills if skill != telling]
    about = f" in {telling}" if telling else ""
    sentence = f"{_job(pay)}{about} for {_WHO[level]}{_beside(also[:2], len(also[2:]) + unnamed)}."
    return sentence if len(sentence) <= 200 else f"{_job(pay)}{about} for {_WHO[level]}."


def _job(pay: Pay) -> str:
    if pay.settlement == "none":
        return "Work"
    elif pay.settlement == "credits":
        return "Work for time credits"
    elif pay.pay_kind == "hourly":
        return "Hourly work"
    elif pay.pay_min is None or pay.currency is None:
        return "A fixed-price job"
    whole = (pay.pay_max or pay.pay_min) / int(10 ** exponent(pay.currency))
    return f"{next((words for most, words in _SIZES if whole < most), 'A big')} fixed-price job"


def _beside(skills: list[str], more: int) -> str:
    named = [*skills, *([f"{more} more"] if more else [])]
    if not skills:
        return ""
    elif len(named) == 1:
        return f", with {named[0]}"
    else:
        return f", with {', '.join(named[:-1])} and {named[-1]}"
