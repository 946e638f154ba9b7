"""Local services."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="local",
    label=_n("Local services"),
    description=_n("Neighbours who repair, carry, mend, mind and teach."),
    kind="community",
    preset="garden",
    brand_colour="#2f7d3b",
    access=Access(who_may_join="approval", who_may_post="members"),
    tagline=_n("Help from people who live round the corner"),
    charter="""\
This is where neighbours ask and offer. Money, credits or a favour: all are welcome, as long as it is said beforehand.

- **Say when and where**, roughly. The exact address is shared only once you have agreed.
- **Check what needs a licence.** Gas, electricity and roofs are for people who may do them.
- **Turn up, or say early.** Somebody has kept an afternoon free for you.
- **Look after tools and pets** as if they were your own.
""",
    categories=(
        StarterCategory(_n("Repairs at home"), _n("Shelves, taps, doors and everything that hangs crooked."), "home"),
        StarterCategory(_n("Garden"), _n("Digging, pruning, planting, watering while you are away."), "garden"),
        StarterCategory(_n("Moving and lifting"), _n("Vans, strong arms and the sofa on the third floor."), "moving"),
        StarterCategory(_n("Errands"), _n("Shopping, parcels, waiting in for the plumber."), "errands"),
        StarterCategory(_n("Pets"), _n("Walks, feeding and company for animals."), "pets"),
        StarterCategory(_n("Cleaning"), _n("Once, or every second Thursday."), "cleaning"),
        StarterCategory(_n("Lessons"), _n("Languages, instruments, bicycles, tax forms."), "lessons"),
        StarterCategory(
            _n("Tools to lend"), _n("Ladders, drills and pressure washers that would otherwise sleep."), "tools"
        ),
        StarterCategory(_n("Lifts and transport"), _n("To the station, the clinic or the tip."), "transport"),
    ),
)
