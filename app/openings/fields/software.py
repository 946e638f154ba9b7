"""Software."""

from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="software",
    label="Software",
    description="Building, testing and running software, and explaining it.",
    kind="community",
    preset="harbour",
    brand_colour="#2f5bd7",
    access=Access(who_may_join="approval"),
    tagline="Good software, built with people you would work with again",
    charter="""\
Describe the problem before the technology. Say what exists already, what "done" means, and who will look after it.

- **Small first.** Offer a first step that can be finished in days; the rest can follow.
- **Nobody's production on day one.** Give access step by step, and take it back at the end.
- **Licences and secrets.** Say who owns the code. Never put passwords or people's data in a listing.
- **Leave it better described** than you found it: notes are part of the work.
""",
    categories=(
        StarterCategory("Web", "Sites and services, front to back.", "web"),
        StarterCategory("Mobile", "Apps for phones and tablets.", "mobile"),
        StarterCategory("Data", "Pipelines, models and answers from numbers.", "data"),
        StarterCategory("Infrastructure", "Servers, deployment, cost and sleep at night.", "servers"),
        StarterCategory("Security", "Reviews, hardening and help when something happened.", "security"),
        StarterCategory("Product design", "Research, flows and interfaces for what is being built.", "interface"),
        StarterCategory("Quality", "Testing by people and by machines; accessibility too.", "testing"),
        StarterCategory("Documentation", "Guides, references and examples that work.", "documents"),
    ),
)
