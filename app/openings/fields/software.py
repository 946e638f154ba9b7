"""Software."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="software",
    label=_n("Software"),
    description=_n("Building, testing and running software, and explaining it."),
    kind="community",
    preset="harbour",
    brand_colour="#2f5bd7",
    access=Access(who_may_join="approval"),
    tagline=_n("Good software, built with people you would work with again"),
    charter="""\
Describe the problem before the technology. Say what exists already, what "done" means, and who will look after it.

- **Small first.** Offer a first step that can be finished in days; the rest can follow.
- **Nobody's production on day one.** Give access step by step, and take it back at the end.
- **Licences and secrets.** Say who owns the code. Never put passwords or people's data in a listing.
- **Leave it better described** than you found it: notes are part of the work.
""",
    categories=(
        StarterCategory(_n("Web"), _n("Sites and services, front to back."), "web"),
        StarterCategory(_n("Mobile"), _n("Apps for phones and tablets."), "mobile"),
        StarterCategory(_n("Data"), _n("Pipelines, models and answers from numbers."), "data"),
        StarterCategory(_n("Infrastructure"), _n("Servers, deployment, cost and sleep at night."), "servers"),
        StarterCategory(_n("Security"), _n("Reviews, hardening and help when something happened."), "security"),
        StarterCategory(
            _n("Product design"), _n("Research, flows and interfaces for what is being built."), "interface"
        ),
        StarterCategory(_n("Quality"), _n("Testing by people and by machines; accessibility too."), "testing"),
        StarterCategory(_n("Documentation"), _n("Guides, references and examples that work."), "documents"),
    ),
)
