"""Local services."""

from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="local",
    label="Local services",
    description="Neighbours who repair, carry, mend, mind and teach.",
    kind="community",
    preset="garden",
    brand_colour="#2f7d3b",
    access=Access(who_may_join="approval", who_may_post="members"),
    tagline="Help from people who live round the corner",
    charter="""\
This is where neighbours ask and offer. Money, credits or a favour: all are welcome, as long as it is said beforehand.

- **Say when and where**, roughly. The exact address is shared only once you have agreed.
- **Check what needs a licence.** Gas, electricity and roofs are for people who may do them.
- **Turn up, or say early.** Somebody has kept an afternoon free for you.
- **Look after tools and pets** as if they were your own.
""",
    categories=(
        StarterCategory("Repairs at home", "Shelves, taps, doors and everything that hangs crooked.", "home"),
        StarterCategory("Garden", "Digging, pruning, planting, watering while you are away.", "garden"),
        StarterCategory("Moving and lifting", "Vans, strong arms and the sofa on the third floor.", "moving"),
        StarterCategory("Errands", "Shopping, parcels, waiting in for the plumber.", "errands"),
        StarterCategory("Pets", "Walks, feeding and company for animals.", "pets"),
        StarterCategory("Cleaning", "Once, or every second Thursday.", "cleaning"),
        StarterCategory("Lessons", "Languages, instruments, bicycles, tax forms.", "lessons"),
        StarterCategory("Tools to lend", "Ladders, drills and pressure washers that would otherwise sleep.", "tools"),
        StarterCategory("Lifts and transport", "To the station, the clinic or the tip.", "transport"),
    ),
)
