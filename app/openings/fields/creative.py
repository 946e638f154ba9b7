"""Creative work and the stage."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="creative",
    label=_n("Creative"),
    description=_n("Music, film, writing, stage and the evenings around them."),
    kind="community",
    preset="nightmarket",
    brand_colour="#ff5fa2",
    access=Access(who_may_join="approval"),
    tagline=_n("Find the others who make things after dark"),
    charter="""\
Bring people together to make something: a record, a short film, a play, a night to remember.

- **"For exposure" is not pay.** If there is no money, say so, and say what people get instead.
- **Credit everyone**, spelled the way they spell it, wherever the work appears.
- **Dates are promises.** A rehearsal missed costs everybody else's evening.
- **Agree on the recording.** Who may film, share and sell it belongs in the terms.
""",
    categories=(
        StarterCategory(_n("Music"), _n("Players, bands, arrangements and the missing bassist."), "music"),
        StarterCategory(_n("Sound"), _n("Recording, mixing, podcasts and live engineering."), "sound"),
        StarterCategory(_n("Film and video"), _n("Crew, cameras, editing and everything in front of them."), "film"),
        StarterCategory(_n("Writing"), _n("Scripts, copy, poems and honest readers."), "writing"),
        StarterCategory(_n("Stage"), _n("Acting, directing, costume, light."), "stage"),
        StarterCategory(_n("Photography"), _n("Portraits, gigs, stills from the set."), "photography"),
        StarterCategory(_n("Games"), _n("Design, art, code and people to play-test."), "games"),
        StarterCategory(_n("Events"), _n("Venues, programmes and the team at the door."), "events"),
    ),
)
