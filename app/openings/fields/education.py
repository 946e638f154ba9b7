"""Education."""

from app.openings.fields.field import Access, Field, StarterCategory

FIELD = Field(
    key="education",
    label="Education",
    description="Tutors, teachers, mentors and people who want to learn.",
    kind="community",
    preset="harbour",
    brand_colour="#6a3fb8",
    access=Access(who_may_join="approval", who_may_post="reviewed"),
    tagline="Everybody here can teach something",
    charter="""\
Teaching is work, and so is learning. Both go better when it is clear what for.

- **Say the level and the goal**: "from zero to a first conversation", "to pass in May".
- **A first lesson is a trial.** Either side may stop after it, without reasons.
- **With under-eighteens**, a parent or guardian makes the agreement and knows the place.
- **We help people learn; we don't do their exams.**
""",
    categories=(
        StarterCategory("Tutoring", "One to one, at somebody's own pace.", "tutoring"),
        StarterCategory("Languages", "Conversation, grammar, exams, letters.", "language"),
        StarterCategory("Music lessons", "Instruments, voice, theory.", "music"),
        StarterCategory("Exam preparation", "A plan, practice papers, calm.", "exam"),
        StarterCategory("Courses and workshops", "Groups, from an afternoon to a term.", "lessons"),
        StarterCategory("Materials", "Worksheets, curricula and lesson plans.", "documents"),
        StarterCategory("Mentoring", "First job, new career, thesis.", "mentoring"),
        StarterCategory("Research", "Reading, methods, statistics, a second pair of eyes.", "research"),
    ),
)
