"""Education."""

from app.core.languages import gettext_noop as _n
from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="education",
    label=_n("Education"),
    description=_n("Tutors, teachers, mentors and people who want to learn."),
    kind="community",
    preset="harbour",
    brand_colour="#6a3fb8",
    access=Access(who_may_join="approval", who_may_post="reviewed"),
    tagline=_n("Everybody here can teach something"),
    charter="""\
Teaching is work, and so is learning. Both go better when it is clear what for.

- **Say the level and the goal**: "from zero to a first conversation", "to pass in May".
- **A first lesson is a trial.** Either side may stop after it, without reasons.
- **With under-eighteens**, a parent or guardian makes the agreement and knows the place.
- **We help people learn; we don't do their exams.**
""",
    categories=(
        StarterCategory(_n("Tutoring"), _n("One to one, at somebody's own pace."), "tutoring"),
        StarterCategory(_n("Languages"), _n("Conversation, grammar, exams, letters."), "language"),
        StarterCategory(_n("Music lessons"), _n("Instruments, voice, theory."), "music"),
        StarterCategory(_n("Exam preparation"), _n("A plan, practice papers, calm."), "exam"),
        StarterCategory(_n("Courses and workshops"), _n("Groups, from an afternoon to a term."), "lessons"),
        StarterCategory(_n("Materials"), _n("Worksheets, curricula and lesson plans."), "documents"),
        StarterCategory(_n("Mentoring"), _n("First job, new career, thesis."), "mentoring"),
        StarterCategory(_n("Research"), _n("Reading, methods, statistics, a second pair of eyes."), "research"),
    ),
)
