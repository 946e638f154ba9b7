"""What leaders are told of the marketplace's own plan."""

from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import holders

_leaders = holders("leader")


def _nobody(_: Fact) -> None:
    return None


EVENTS = (
    Event(
        kind="plan", verb="past_due", topic="plan", tells=_leaders, by=_nobody,
        alone=_l("The plan of {hall} could not be paid"),
        detail=_l(
"Everything goes on as it is until {until}. Look after your card at Stripe before then."
),
        place="plan", action=_l("Look after the plan"),
    ),
    Event(
        kind="plan", verb="ends_soon", topic="plan", tells=_leaders, by=_nobody,
        alone=_l("The plan of {hall} is still not paid"),
        detail=_l(
"It goes on until {until}. From then on your marketplace has what the free plan holds; nothing is "
"lost."
),
        place="plan", action=_l("Look after the plan"),
    ),
    Event(
        kind="plan", verb="mails_near", topic="plan", tells=_leaders, by=_nobody,
        alone=_l("{hall} has sent most of today’s letters"),
        detail=_l(
            "Your plan has room for so many a day. Should there be more, they wait for tomorrow and none is lost; letters about "
            "money, memberships and signing in leave at once. A larger plan has room for more."
        ),
        place="plan", action=_l("See the plan"),
    ),
    Event(
        kind="plan", verb="fallen", topic="plan", tells=_leaders, by=_nobody,
        alone=_l("{hall} has the free plan now"),
        detail=_l(
"Its plan was not paid. Everybody and everything is still there; only nothing new comes in beyond "
"what the free plan holds. Once it is paid, all is as it was."
),
        place="plan", action=_l("Look after the plan"),
    ),
    Event(
        kind="plan", verb="paid_again", topic="plan", tells=_leaders, by=_nobody,
        alone=_l("The plan of {hall} is paid"),
        detail=_l("Thank you. Everything is as it was."),
        place="plan", action=_l("See the plan"),
    ),
)  # fmt: skip
