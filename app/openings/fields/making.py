"""Repair and making."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="making",
    label=_n("Repair and making"),
    description=_n("Workshops, makers and people with something broken."),
    kind="community",
    preset="workshop",
    brand_colour="#e8590c",
    access=Access(who_may_join="open"),
    tagline=_n("Mend it, build it, show somebody how"),
    charter="""\
For everything that can be repaired or made by hand, and for workshops with a bench to spare.

- **Pictures and measures** save three messages: show the break, the label and the size.
- **Material is not labour.** Say who pays for parts, and what happens to the old ones.
- **Safety first.** Mains voltage, gas and lifting gear are for people trained for them.
- **Ask to watch.** Most makers like to show how it is done.
""",
    categories=(
        StarterCategory(_n("Woodwork"), _n("Furniture, joints, boats, boxes."), "wood"),
        StarterCategory(_n("Metalwork"), _n("Welding, forging, turning, small parts."), "metal"),
        StarterCategory(_n("Electronics"), _n("Radios, amplifiers, boards and batteries."), "electronics"),
        StarterCategory(_n("Sewing and textiles"), _n("Alterations, upholstery, costumes."), "textiles"),
        StarterCategory(_n("Bicycles"), _n("Wheels, brakes, cargo bikes, winter checks."), "bicycle"),
        StarterCategory(_n("Furniture"), _n("Restoring, caning, polishing."), "furniture"),
        StarterCategory(_n("Ceramics"), _n("Throwing, glazing, kiln space."), "pottery"),
        StarterCategory(_n("Prototypes"), _n("3D printing, laser cutting, a first working one."), "prototypes"),
        StarterCategory(_n("Bench and tools"), _n("A place to work, a machine to borrow."), "tools"),
    ),
)
