"""The first version of a marketplace's rules, for its leader to make their own."""

from typing import NamedTuple


class FirstRules(NamedTuple):
    """Guidelines say how people treat each other, terms what everybody agrees to; both are Markdown."""

    guidelines: str
    terms: str


def first_rules(kind: str) -> FirstRules:
    """Return version 1 for a community or a company."""
    return _COMPANY if kind == "company" else _COMMUNITY


_COMMUNITY = FirstRules(
    guidelines="""\
## How we work together

1. **Be who you are.** Use your own name and work you really did. One person, one profile.
2. **Say what you mean.** What is needed, what you pay or want in return, by when, where. No surprises later.
3. **Answer.** A short no is kinder than silence. Whoever applied should hear from you.
4. **Keep your word.** If something comes up, say so early and offer a way out.
5. **Be kind.** No insults, no threats, no pressure, no discrimination. Criticise work, not people.
6. **Respect privacy.** What you learn about others here stays here.
7. **Only what is legal and safe.** Nothing that needs a licence you don't have.
8. **No spam.** Don't write to people about things they did not ask for.

## When something goes wrong

Talk to each other first. If that does not help, report it: a leader or moderator reads every report, hears both
sides, names the rule and gives a reason. If you think they got it wrong, you may ask for a second look by
somebody else.
""",
    terms="""\
## What you agree to

1. **This place.** The marketplace brings its members together. It does not take part in what you agree with each
   other, unless it says so in writing.
2. **Your agreements are yours.** Whoever asks and whoever does the work settle scope, price, dates and rights
   between them. What you both accept is kept here as it was at that moment.
3. **Taxes, insurance, permits** are the duty of whoever needs them.
4. **Your content stays yours.** You let the marketplace show it to those who may see it, for as long as it is here.
   Only post what you have the right to post.
5. **Your data.** The marketplace keeps what it needs to run and shows others only what the stage of your work
   together calls for. You may see, correct and take away your data at any time.
6. **Leaving.** You may leave when your open agreements are finished or handed over. Your listings close; reviews
   and the history that others share with you remain, without your contact details.
7. **Breaking the rules.** Leaders may hide a listing, pause or end a membership; they say which rule, and why.
8. **Changes.** When these terms change, you are asked again and told what is new.
""",
)

_COMPANY = FirstRules(
    guidelines="""\
## How we work together

1. **Your own work comes first.** Plan hours that you really have, and talk with your manager before you apply.
2. **Say what you mean.** What is to be done, how many hours a week, until when, and what one can learn.
3. **Be fair.** Choose by skill and by who wants to grow, not by who knows whom.
4. **Answer.** A short no is kinder than silence. Whoever applied should hear from you.
5. **Keep your word.** If your team needs you back, say so early and hand over well.
6. **Be kind.** No insults, no pressure, no discrimination. Stopping in good time counts against nobody.
7. **Keep confidential things confidential**, also inside the company.
8. **Managers release, they don't own.** A no to a release comes with a reason and a date to ask again.

## When something goes wrong

Talk to each other first. If that does not help, report it: somebody responsible reads every report, hears both
sides, names the rule and gives a reason. You may ask for a second look by somebody else.
""",
    terms="""\
## What you agree to

1. **What this is.** A place inside the company to find people and work across teams. It changes nothing in your
   employment, your pay or your reporting line.
2. **Hours.** Work agreed here is working time within your contract, once it has been released. It must not lead to
   overtime that nobody ordered.
3. **Release.** Where a release is needed, work begins after your manager's consent and ends with it.
4. **Results** belong to the company, as in your contract. Credit belongs to the people who did the work.
5. **Your data.** Your profile is visible to colleagues who are members. It is used to find people for work here,
   not to judge performance. You may see and correct it, and hide what you don't want to show.
6. **Leaving.** You may leave at any time; open work is handed over first.
7. **Breaking the rules.** Those responsible may hide a listing or end a membership; they say which rule, and why.
8. **Changes.** When these terms change, you are asked again and told what is new.
""",
)
