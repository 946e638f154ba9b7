"""What the clock does to experts: it reminds, ends what waited too long, and what holds no longer."""

from uuid import UUID
from zoneinfo import ZoneInfo

from app.activity.recording import record
from app.activity.reminding import claim_reminders, due_to_end
from app.core import clock, files
from app.core.database import db
from app.core.jobs import job, periodic
from app.experts.models import Question, Vetting
from app.experts.models.expertise import close_over, remind_of_ends
from app.experts.queries import vetting_or_404
from app.experts.questions import question_or_404
from tenants.clockwork import tenants_where_it_is
from tenants.context import current_tenant_id
from tenants.models import Tenant

#: Waits end at the end of a day and reminders come in the morning; the other hours catch up after a standstill.
HOURS = (0, 3, 9, 15)
# Nobody is reminded in the night.
_MORNING = 8


@periodic("23 * * * *", "experts.clockwork")
def strike() -> None:
    """Reach every tenant at its own hours."""
    tick.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("experts.tick")
def tick() -> None:
    """Do to the tenant's experts whatever is due."""
    now = clock.now()
    close_over(now=now)
    for row in claim_reminders(Vetting, now=now):
        vetting = vetting_or_404(row.id)
        record("reminded", vetting, by=None, owner_ids=vetting.owner_ids(), **vetting.facts(None))
    for row in claim_reminders(Question, now=now):
        question_or_404(row.id).note("reminded", by=None)
    for question_id in due_to_end(Question, now=now):
        end_question.enqueue(once=str(question_id), question_id=question_id)
    for vetting_id in due_to_end(Vetting, now=now):
        end.enqueue(once=str(vetting_id), vetting_id=vetting_id)
    here = ZoneInfo(db.session.get_one(Tenant, current_tenant_id()).time_zone)
    if now.astimezone(here).hour >= _MORNING:
        remind_of_ends(now=now)


@job("experts.end")
def end(*, vetting_id: str) -> None:
    """Do what the table says to a request that has waited too long, unless somebody was faster."""
    vetting_or_404(UUID(vetting_id)).end_waiting(now=clock.now())


@job("experts.end_question")
def end_question(*, question_id: str) -> None:
    """The same for a question that nobody has answered."""
    question_or_404(UUID(question_id)).end_waiting(now=clock.now())


@job("experts.forget_paper")
def forget_paper(*, digest: str) -> None:
    """Remove a file that somebody showed who is no longer here."""
    files.forget(current_tenant_id(), digest)
