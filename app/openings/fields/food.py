"""Food and growing."""

from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="food",
    label="Food",
    description="Kitchens, bakers, growers, stalls and supper clubs.",
    kind="community",
    preset="garden",
    brand_colour="#c2412d",
    access=Access(who_may_join="approval"),
    tagline="From the allotment to the last plate",
    charter="""\
For people who grow, cook, bake, serve and sell food near here.

- **Hours as they are.** Kitchens start early and end late: write the real shift, and the break.
- **Allergens are not optional.** Whoever cooks says what is in it.
- **Certificates where they are needed.** Say which hygiene training a job asks for.
- **Nothing wasted.** Leftover harvests and half sacks of flour may be offered too.
""",
    categories=(
        StarterCategory("Kitchen shifts", "Cooks, helping hands and dishwashers for a night or a season.", "cooking"),
        StarterCategory("Baking", "Bread, cake and the early hours.", "baking"),
        StarterCategory("Growing", "Allotments, orchards, harvests to share.", "growing"),
        StarterCategory("Catering", "Weddings, meetings, funerals: food for many.", "catering"),
        StarterCategory("Menus and recipes", "Planning, testing and writing them down.", "table"),
        StarterCategory("Markets and stalls", "Setting up, selling, standing in.", "stall"),
        StarterCategory("Deliveries", "Getting it there while it is warm.", "delivery"),
    ),
)
