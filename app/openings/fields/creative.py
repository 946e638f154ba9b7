"""Creative work and the stage."""

from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="creative",
    label="Creative",
    description="Music, film, writing, stage and the evenings around them.",
    kind="community",
    preset="nightmarket",
    brand_colour="#ff5fa2",
    access=Access(who_may_join="approval"),
    tagline="Find the others who make things after dark",
    charter="""\
Bring people together to make something: a record, a short film, a play, a night to remember.

- **"For exposure" is not pay.** If there is no money, say so, and say what people get instead.
- **Credit everyone**, spelled the way they spell it, wherever the work appears.
- **Dates are promises.** A rehearsal missed costs everybody else's evening.
- **Agree on the recording.** Who may film, share and sell it belongs in the terms.
""",
    categories=(
        StarterCategory("Music", "Players, bands, arrangements and the missing bassist.", "music"),
        StarterCategory("Sound", "Recording, mixing, podcasts and live engineering.", "sound"),
        StarterCategory("Film and video", "Crew, cameras, editing and everything in front of them.", "film"),
        StarterCategory("Writing", "Scripts, copy, poems and honest readers.", "writing"),
        StarterCategory("Stage", "Acting, directing, costume, light.", "stage"),
        StarterCategory("Photography", "Portraits, gigs, stills from the set.", "photography"),
        StarterCategory("Games", "Design, art, code and people to play-test.", "games"),
        StarterCategory("Events", "Venues, programmes and the team at the door.", "events"),
    ),
)
