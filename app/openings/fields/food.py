"""Food and growing."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="food",
    label=_n("Food"),
    description=_n("Kitchens, bakers, growers, stalls and supper clubs."),
    kind="community",
    preset="garden",
    brand_colour="#c2412d",
    access=Access(who_may_join="approval"),
    tagline=_n("From the allotment to the last plate"),
    charter="""\
For people who grow, cook, bake, serve and sell food near here.

- **Hours as they are.** Kitchens start early and end late: write the real shift, and the break.
- **Allergens are not optional.** Whoever cooks says what is in it.
- **Certificates where they are needed.** Say which hygiene training a job asks for.
- **Nothing wasted.** Leftover harvests and half sacks of flour may be offered too.
""",
    categories=(
        StarterCategory(
            _n("Kitchen shifts"), _n("Cooks, helping hands and dishwashers for a night or a season."), "cooking"
        ),
        StarterCategory(_n("Baking"), _n("Bread, cake and the early hours."), "baking"),
        StarterCategory(_n("Growing"), _n("Allotments, orchards, harvests to share."), "growing"),
        StarterCategory(_n("Catering"), _n("Weddings, meetings, funerals: food for many."), "catering"),
        StarterCategory(_n("Menus and recipes"), _n("Planning, testing and writing them down."), "table"),
        StarterCategory(_n("Markets and stalls"), _n("Setting up, selling, standing in."), "stall"),
        StarterCategory(_n("Deliveries"), _n("Getting it there while it is warm."), "delivery"),
    ),
)
