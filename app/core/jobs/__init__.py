"""Work that happens after the answer: enqueued with the change that asks for it, run once in its tenant.

    @job("gigs.expire")
    def expire(*, gig_id: str) -> None:
        gig_or_404(gig_id).expire(now=clock.now())

    expire.enqueue_at(gig.expires_at, gig_id=gig.id)     # on this transaction, for the tenant in force

What a job does to the database commits together with the mark that it is done, so a worker that dies leaves nothing half
done and nothing done twice. The worker is in `app.core.jobs.worker`; web processes never load it.
"""

from app.core.jobs.housekeeping import sweep
from app.core.jobs.registry import Job, NoTenantForJob, all_jobs, init_jobs, job, periodic, platform_job
from app.core.jobs.running import run_due

__all__ = [
    "Job",
    "NoTenantForJob",
    "all_jobs",
    "init_jobs",
    "job",
    "periodic",
    "platform_job",
    "run_due",
    "sweep",
]
