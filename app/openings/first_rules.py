"""The first version of a marketplace's rules, for its leader to make their own."""

from typing import NamedTuple

from app.core.languages import gettext as _
from app.core.languages import gettext_noop as _n
from app.core.markdown import written


class FirstRules(NamedTuple):
    """Guidelines say how people treat each other, terms what everybody agrees to: each a heading, rules, perhaps more."""

    guidelines: tuple[str, ...]
    terms: tuple[str, ...]


def first_rules(kind: str) -> tuple[str, str]:
    """Return guidelines and terms of version 1 for a community or a company: Markdown in the language in force."""
    first = _COMPANY if kind == "company" else _COMMUNITY
    return _as_text(first.guidelines), _as_text(first.terms)


def _as_text(parts: tuple[str, ...]) -> str:
    return written(_(part) for part in parts)


_COMMUNITY = FirstRules(
    guidelines=(
        _n("## How we work together"),
        _n("1. **Be who you are.** Use your own name and work you really did. One person, one profile."),
        _n(
            "2. **Say what you mean.** What is needed, what you pay or want in return, by when, where. No "
            "surprises later."
        ),
        _n("3. **Answer.** A short no is kinder than silence. Whoever applied should hear from you."),
        _n("4. **Keep your word.** If something comes up, say so early and offer a way out."),
        _n("5. **Be kind.** No insults, no threats, no pressure, no discrimination. Criticise work, not people."),
        _n("6. **Respect privacy.** What you learn about others here stays here."),
        _n("7. **Only what is legal and safe.** Nothing that needs a licence you don't have."),
        _n("8. **No spam.** Don't write to people about things they did not ask for."),
        _n("## When something goes wrong"),
        _n(
            "Talk to each other first. If that does not help, report it: a leader or moderator reads every "
            "report, hears both sides, names the rule and gives a reason. If you think they got it wrong, you "
            "may ask for a second look by somebody else."
        ),
    ),
    terms=(
        _n("## What you agree to"),
        _n(
            "1. **This place.** The marketplace brings its members together. It does not take part in what you "
            "agree with each other, unless it says so in writing."
        ),
        _n(
            "2. **Your agreements are yours.** Whoever asks and whoever does the work settle scope, price, dates "
            "and rights between them. What you both accept is kept here as it was at that moment."
        ),
        _n("3. **Taxes, insurance, permits** are the duty of whoever needs them."),
        _n(
            "4. **Your content stays yours.** You let the marketplace show it to those who may see it, for as "
            "long as it is here. Only post what you have the right to post."
        ),
        _n(
            "5. **Your data.** The marketplace keeps what it needs to run and shows others only what the stage "
            "of your work together calls for. You may see, correct and take away your data at any time."
        ),
        _n(
            "6. **Leaving.** You may leave when your open agreements are finished or handed over. Your listings "
            "close; reviews and the history that others share with you remain, without your contact details."
        ),
        _n(
            "7. **Breaking the rules.** Leaders may hide a listing, pause or end a membership; they say which "
            "rule, and why."
        ),
        _n("8. **Changes.** When these terms change, you are asked again and told what is new."),
    ),
)

_COMPANY = FirstRules(
    guidelines=(
        _n("## How we work together"),
        _n(
            "1. **Your own work comes first.** Plan hours that you really have, and talk with your manager "
            "before you apply."
        ),
        _n("2. **Say what you mean.** What is to be done, how many hours a week, until when, and what one can learn."),
        _n("3. **Be fair.** Choose by skill and by who wants to grow, not by who knows whom."),
        _n("4. **Answer.** A short no is kinder than silence. Whoever applied should hear from you."),
        _n("5. **Keep your word.** If your team needs you back, say so early and hand over well."),
        _n("6. **Be kind.** No insults, no pressure, no discrimination. Stopping in good time counts against nobody."),
        _n("7. **Keep confidential things confidential**, also inside the company."),
        _n("8. **Managers release, they don't own.** A no to a release comes with a reason and a date to ask again."),
        _n("## When something goes wrong"),
        _n(
            "Talk to each other first. If that does not help, report it: somebody responsible reads every "
            "report, hears both sides, names the rule and gives a reason. You may ask for a second look by "
            "somebody else."
        ),
    ),
    terms=(
        _n("## What you agree to"),
        _n(
            "1. **What this is.** A place inside the company to find people and work across teams. It changes "
            "nothing in your employment, your pay or your reporting line."
        ),
        _n(
            "2. **Hours.** Work agreed here is working time within your contract, once it has been released. It "
            "must not lead to overtime that nobody ordered."
        ),
        _n("3. **Release.** Where a release is needed, work begins after your manager's consent and ends with it."),
        _n("4. **Results** belong to the company, as in your contract. Credit belongs to the people who did the work."),
        _n(
            "5. **Your data.** Your profile is visible to colleagues who are members. It is used to find people "
            "for work here, not to judge performance. You may see and correct it, and hide what you don't want "
            "to show."
        ),
        _n("6. **Leaving.** You may leave at any time; open work is handed over first."),
        _n(
            "7. **Breaking the rules.** Those responsible may hide a listing or end a membership; they say which "
            "rule, and why."
        ),
        _n("8. **Changes.** When these terms change, you are asked again and told what is new."),
    ),
)
