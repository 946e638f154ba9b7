"""Health and care."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="care",
    label=_n("Health and care"),
    description=_n("Care at home, company, childcare, movement and wellbeing."),
    kind="community",
    preset="civic",
    brand_colour="#0f766e",
    access=Access(who_may_see="members", who_may_join="approval", who_may_post="reviewed"),
    tagline=_n("Care from people somebody you trust has vouched for"),
    charter="""\
People here look after other people. That asks for more care with words, and with what is shared.

- **Keep health details out of listings.** Say what help is needed; the rest is for a private conversation.
- **Show what you are qualified for.** Leaders check certificates before such work is listed.
- **Two adults know.** Somebody besides the two of you should know when and where care takes place.
- **Emergencies don't belong here.** Call the emergency number.
""",
    categories=(
        StarterCategory(_n("Care at home"), _n("Washing, dressing, medicines: by people trained for it."), "nursing"),
        StarterCategory(_n("Companionship"), _n("A visit, a walk, a game of cards."), "company"),
        StarterCategory(_n("Childcare"), _n("An evening, the holidays, the way home from school."), "childcare"),
        StarterCategory(_n("Counselling"), _n("Somebody qualified to talk to."), "talking"),
        StarterCategory(_n("Movement"), _n("Physiotherapy, yoga, strength for later."), "fitness"),
        StarterCategory(
            _n("Food and nutrition"), _n("Cooking and advice for people who must watch what they eat."), "nutrition"
        ),
        StarterCategory(_n("Getting there"), _n("Lifts to appointments, with somebody who waits."), "transport"),
        StarterCategory(_n("Wellbeing"), _n("Sleep, calm and courses that help."), "wellbeing"),
    ),
)
