"""Health and care."""

from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="care",
    label="Health and care",
    description="Care at home, company, childcare, movement and wellbeing.",
    kind="community",
    preset="civic",
    brand_colour="#0f766e",
    access=Access(who_may_see="members", who_may_join="approval", who_may_post="reviewed"),
    tagline="Care from people somebody you trust has vouched for",
    charter="""\
People here look after other people. That asks for more care with words, and with what is shared.

- **Keep health details out of listings.** Say what help is needed; the rest is for a private conversation.
- **Show what you are qualified for.** Leaders check certificates before such work is listed.
- **Two adults know.** Somebody besides the two of you should know when and where care takes place.
- **Emergencies don't belong here.** Call the emergency number.
""",
    categories=(
        StarterCategory("Care at home", "Washing, dressing, medicines: by people trained for it.", "nursing"),
        StarterCategory("Company", "A visit, a walk, a game of cards.", "company"),
        StarterCategory("Childcare", "An evening, the holidays, the way home from school.", "childcare"),
        StarterCategory("Counselling", "Somebody qualified to talk to.", "talking"),
        StarterCategory("Movement", "Physiotherapy, yoga, strength for later.", "fitness"),
        StarterCategory(
            "Food and nutrition", "Cooking and advice for people who must watch what they eat.", "nutrition"
        ),
        StarterCategory("Getting there", "Lifts to appointments, with somebody who waits.", "transport"),
        StarterCategory("Wellbeing", "Sleep, calm and courses that help.", "wellbeing"),
    ),
)
