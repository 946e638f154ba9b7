"""A draft on its way: kept with every few words, finished step by step, and posted when nothing is missing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.categories.models import Category
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l
from app.core.limits import allow
from app.gigs.asking import missing_answers, step_form
from app.gigs.forms import STEPS, Step
from app.gigs.loading import NoSuchGig
from app.gigs.models import Gig
from app.gigs.models.columns import SKILLS
from tenants.context import Actor
from tenants.isolation import scoped

_TITLES = {"what": _l("What it is about"), "details": _l("Details"), "terms": _l("Terms")}


class Unfinished(Invalid):
    message = _l("Something is still missing before this can go live.")


class NoLongerADraft(Conflict):
    message = _l("This is no longer a draft. Open the gig to change it.")


class Draft:
    """A gig that is still being written, as the steps of posting see it."""

    def __init__(self, gig: Gig) -> None:
        if gig.state != "draft":
            raise NoLongerADraft
        self.gig = gig

    @classmethod
    def called(cls, draft_id: UUID, *, by: Actor) -> "Draft":
        """Return the member's draft of that id; begin it when there is none yet. The page that is filled in names the id, so
        sending it twice, or going back and sending it again, never makes two.

        :raises NoSuchGig: when the id is somebody else's.
        :raises NoLongerADraft: when it is live already.
        """
        gig = _by_id(draft_id)
        if gig is None:
            allow("drafts", str(by.id), limit=60, per=timedelta(hours=1))
            try:
                with db.session.begin_nested():
                    gig = Gig.begin(by=by, id=draft_id, drafting={"done": []})
            except IntegrityError:
                # The same page was sent twice at once, and the other was faster.
                gig = _by_id(draft_id)
        if gig is None or gig.author_id != by.id:
            raise NoSuchGig
        return cls(gig)

    def form(self, step: str) -> Step:
        """Return a step's form as it was left, with what could not be read shown again."""
        answers = answers_of(self.gig)
        if step == "terms" and step not in self._noted("seen") and self.gig.settlement == "none":
            # The column's own value, before anybody chose one.
            answers["settlement"] = None
        form = step_form(step, self.gig, answers)
        form.show_typed(self._typed)
        return form

    def keep(self, step: str, form: Step, *, by: Actor) -> None:
        """Keep a step as it stands, finished or not."""
        columns, typed = form.keepable()
        self.gig.revise(columns, by=by)
        self._note(step, form, typed)

    def finish(self, step: str, form: Step, *, by: Actor) -> None:
        """Keep a step whose answers are all fine."""
        self.gig.revise(form.answers(), by=by)
        self._note(step, form, form.typed(form.set_aside))

    def post(self, *, by: Actor) -> None:
        """Let it go live, or to review where a rule says so.

        :raises Unfinished: when a step is not done.
        """
        if self.unfinished:
            raise Unfinished
        self.gig.publish(by=by)

    @property
    def unfinished(self) -> list[tuple[str, str]]:
        """Return the steps that are not done, with their titles."""
        done = self._noted("done") - ({"what"} if self._is_in_an_archived_category else set())
        if "details" in done and missing_answers(self.gig):
            # Its category came later, or asks more by now.
            done -= {"details"}
        return [(step, _TITLES[step]) for step in STEPS if step not in done]

    @property
    def _is_in_an_archived_category(self) -> bool:
        of_it = select(Category.archived_at).where(scoped(Category), Category.id == self.gig.category_id)
        return db.session.scalar(of_it) is not None

    @property
    def _typed(self) -> dict[str, str]:
        return dict(self.gig.drafting.get("typed", {}))

    def _noted(self, what: str) -> set[str]:
        if what == "done" and not self.gig.drafting:
            # Nobody has been through the steps yet: it came with a list, and its own words tell.
            return {step for step in STEPS if self.form(step).validate()}
        return set(self.gig.drafting.get(what, ()))

    def _note(self, step: str, form: Step, typed: dict[str, str]) -> None:
        done = self._noted("done") - {step} | (set() if form.errors else {step})
        elsewhere = {name: text for name, text in self._typed.items() if name not in form}
        # Columns are compared as a whole: a new dictionary, or the change is not seen.
        self.gig.drafting = {
            "done": sorted(done),
            "seen": sorted(self._noted("seen") | {step}),
            "typed": elsewhere | typed,
        }


def has_begun(draft_id: UUID, *, by: Actor) -> bool:
    """Return whether the member has a gig of that id already."""
    gig = _by_id(draft_id)
    return gig is not None and gig.author_id == by.id


def answers_of(gig: Gig) -> dict[str, Any]:
    """Return what the fields of the forms show for a gig."""
    columns = {column.key: getattr(gig, column.key) for column in Gig.__table__.columns}
    return columns | {name: list(gig.skills(relation)) for name, relation in SKILLS.items()}


def _by_id(gig_id: UUID) -> Gig | None:
    return db.session.scalars(select(Gig).where(scoped(Gig), Gig.id == gig_id)).one_or_none()
