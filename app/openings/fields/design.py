"""Design and lettering."""

from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="design",
    label="Design",
    description="Type, print, branding, illustration and interfaces.",
    kind="community",
    preset="atelier",
    brand_colour="#a8322a",
    access=Access(who_may_join="approval"),
    tagline="Work among people who care how things are made",
    charter="""\
Post work you would be glad to put your own name to. Say what it is for, who decides, and what you can pay.

- **Show, don't sell.** Two pieces of work say more than a page of adjectives.
- **No free pitches.** Asking for a first sketch is asking for work: pay for it, or choose from portfolios.
- **Say who owns what.** Fonts, pictures and source files: put in the terms what is handed over.
- **Be honest in critique**, about the work and never about the person.
""",
    categories=(
        StarterCategory("Branding", "Names, marks and the rules that hold them together.", "branding"),
        StarterCategory("Editorial", "Books, magazines and reports, from the grid to the printer.", "layout"),
        StarterCategory("Type design", "Drawing, spacing and producing typefaces.", "type"),
        StarterCategory("Lettering", "Signs, titles and words drawn by hand.", "lettering"),
        StarterCategory("Illustration", "Pictures that explain, decorate or tell a story.", "illustration"),
        StarterCategory("Print", "Letterpress, screen print and everything on paper.", "print"),
        StarterCategory("Interfaces", "Screens people use: research, flows and finished designs.", "interface"),
        StarterCategory("Photography", "Pictures of work, people and places.", "photography"),
    ),
)
