"""Repair and making."""

from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="making",
    label="Repair and making",
    description="Workshops, makers and people with something broken.",
    kind="community",
    preset="workshop",
    brand_colour="#e8590c",
    access=Access(who_may_join="open"),
    tagline="Mend it, build it, show somebody how",
    charter="""\
For everything that can be repaired or made by hand, and for workshops with a bench to spare.

- **Pictures and measures** save three messages: show the break, the label and the size.
- **Material is not labour.** Say who pays for parts, and what happens to the old ones.
- **Safety first.** Mains voltage, gas and lifting gear are for people trained for them.
- **Ask to watch.** Most makers like to show how it is done.
""",
    categories=(
        StarterCategory("Woodwork", "Furniture, joints, boats, boxes.", "wood"),
        StarterCategory("Metalwork", "Welding, forging, turning, small parts.", "metal"),
        StarterCategory("Electronics", "Radios, amplifiers, boards and batteries.", "electronics"),
        StarterCategory("Sewing and textiles", "Alterations, upholstery, costumes.", "textiles"),
        StarterCategory("Bicycles", "Wheels, brakes, cargo bikes, winter checks.", "bicycle"),
        StarterCategory("Furniture", "Restoring, caning, polishing.", "furniture"),
        StarterCategory("Ceramics", "Throwing, glazing, kiln space.", "pottery"),
        StarterCategory("Prototypes", "3D printing, laser cutting, a first working one.", "prototypes"),
        StarterCategory("Bench and tools", "A place to work, a machine to borrow.", "tools"),
    ),
)
