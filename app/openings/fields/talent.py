"""Internal talent: a company's own people."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="talent",
    label=_n("Internal talent"),
    description=_n("Short projects, mentoring and learning inside one company."),
    kind="company",
    preset="civic",
    brand_colour="#1d4f91",
    access=Access(who_may_see="members", who_may_join="approval", who_may_post="members"),
    tagline=_n("Work on something new, with people you haven't met yet"),
    charter="""\
A few hours a week for work outside your own team: to help, to learn, and to be found.

- **Your manager knows.** Work that takes hours from your day needs their release; the page asks for it.
- **Name the hours and the end.** Five hours a week until June, not "now and then".
- **Learning counts.** Say what somebody will be able to do afterwards.
- **Nobody owes a yes.** Applying, declining and stopping in good time are all fine.
""",
    categories=(
        StarterCategory(
            _n("Short projects"), _n("A defined result in weeks, with people from several teams."), "projects"
        ),
        StarterCategory(_n("Mentoring"), _n("Regular talks with somebody who has been there."), "mentoring"),
        StarterCategory(_n("Shadowing"), _n("A day or a week beside somebody at work."), "shadowing"),
        StarterCategory(_n("Committees"), _n("Safety, social events, works council, sustainability."), "committee"),
        StarterCategory(_n("Learning groups"), _n("Read, practise and present together."), "learning"),
        StarterCategory(_n("Data and analysis"), _n("A question somewhere, a spreadsheet wizard elsewhere."), "data"),
        StarterCategory(_n("Languages"), _n("Translation, proofreading, conversation."), "language"),
        StarterCategory(_n("Ideas and trials"), _n("Try something small before anybody asks for a budget."), "ideas"),
    ),
)
