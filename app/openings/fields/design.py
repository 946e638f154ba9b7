"""Design and lettering."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="design",
    label=_n("Design"),
    description=_n("Type, print, branding, illustration and interfaces."),
    kind="community",
    preset="atelier",
    brand_colour="#a8322a",
    access=Access(who_may_join="approval"),
    tagline=_n("Work among people who care how things are made"),
    charter="""\
Post work you would be glad to put your own name to. Say what it is for, who decides, and what you can pay.

- **Show, don't sell.** Two pieces of work say more than a page of adjectives.
- **No free pitches.** Asking for a first sketch is asking for work: pay for it, or choose from portfolios.
- **Say who owns what.** Fonts, pictures and source files: put in the terms what is handed over.
- **Be honest in critique**, about the work and never about the person.
""",
    categories=(
        StarterCategory(_n("Branding"), _n("Names, marks and the rules that hold them together."), "branding"),
        StarterCategory(_n("Editorial"), _n("Books, magazines and reports, from the grid to the printer."), "layout"),
        StarterCategory(_n("Type design"), _n("Drawing, spacing and producing typefaces."), "type"),
        StarterCategory(_n("Lettering"), _n("Signs, titles and words drawn by hand."), "lettering"),
        StarterCategory(_n("Illustration"), _n("Pictures that explain, decorate or tell a story."), "illustration"),
        StarterCategory(_n("Print"), _n("Letterpress, screen print and everything on paper."), "print"),
        StarterCategory(_n("Interfaces"), _n("Screens people use: research, flows and finished designs."), "interface"),
        StarterCategory(_n("Photography"), _n("Pictures of work, people and places."), "photography"),
    ),
)
