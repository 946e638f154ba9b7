"""One row of the table of events, and the activity as the table reads it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.activity.models import Activity
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import own
from app.core.timers import day_of
from app.core.wording import day, money
from app.gigs.models import Gig
from tenants.context import current_tenant_id, tenant


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened, as the table of events asks about it."""

    activity: Activity

    @property
    def subject(self) -> UUID:
        return self.activity.subject_id

    @property
    def actor(self) -> UUID | None:
        return self.activity.actor_id

    @property
    def why(self) -> str:
        return self.activity.reason

    def get(self, name: str, otherwise: Any = None) -> Any:
        """Return what was written down under a name."""
        return self.activity.data.get(name, otherwise)

    def ids(self, *names: str) -> set[UUID]:
        """Return the ids kept under these names: one each, a list, or none."""
        kept = [self.get(name) for name in names]
        listed = [one for value in kept if value for one in (value if isinstance(value, list) else [value])]
        return {UUID(one) for one in listed}

    def id(self, name: str) -> UUID:
        """Return the id kept under a name; `subject` is what the activity is about."""
        return self.subject if name == "subject" else UUID(self.get(name))

    def last_day(self, name: str) -> str:
        """Return the last day before the moment kept under a name, in words, or an empty text."""
        moment = self.get(name)
        if not moment:
            return ""
        return day(day_of(datetime.fromisoformat(moment) - timedelta(seconds=1), tenant.time_zone))

    def words(self) -> dict[str, str]:
        """Return what the sentences of the table may name."""
        title, part = self.get("title") or self._title_of_gig(), self.get("milestone")
        return {
            "title": own(title),
            "work": _("“%(part)s” of “%(title)s”", part=part, title=title) if part else f"“{own(title)}”",
            "hall": own(tenant.name),
            "name": own(self.get("name", "")),
            "role": own(self.get("role", "")),
            "into": own(self.get("into", "")),
            "amount": own(money(self.get("minor"), self.get("currency"))) if self.get("currency") else "",
            "expires": self.last_day("expires_at"),
            "until": self.last_day("until"),
        }

    def _title_of_gig(self) -> str:
        gig = db.session.get(Gig, (current_tenant_id(), self.id("gig_id"))) if self.get("gig_id") else None
        return gig.title if gig else ""


Recipients = Callable[[Fact], Iterable[UUID]]
Sentence = str | Callable[[Fact], str]


def always(*_: Any) -> bool:
    return True


def of_actor(fact: Fact) -> UUID | None:
    return fact.actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who is told what of an activity, and where it leads.

    `title` goes on after the name of whoever did it (`by`); `alone` is the whole sentence where nobody did, or where it
    matters more than who. Of the events of one activity a person is told the first that names them, and nobody of what they
    did themselves.
    """

    kind: str
    verb: str
    variant: str = ""
    topic: str
    tells: Recipients
    title: str = ""
    alone: str = ""
    detail: Sentence = ""
    #: What somebody said with it is quoted, never mixed with our own words: the activity's reason, or what `says` finds.
    quotes: bool = True
    says: Callable[[Fact], str] | None = None
    place: str
    at: str = "subject"
    action: str
    by: Callable[[Fact], UUID | None] = of_actor
    when: Callable[[Fact], bool] = always
    #: Whether it is still so when its mail is about to leave; given the notification and what it leads to.
    holds: Callable[[Any, Any], bool] = always
    #: What the mail quotes, where that is decided only when it leaves.
    quoting: Callable[[Any, Any], str] | None = None
    #: A newer one takes the place of one that was not read; its mail gathers and leaves later.
    gathers: bool = False

    @property
    def name(self) -> str:
        return ".".join(part for part in (self.kind, self.verb, self.variant) if part)

    def doer(self, fact: Fact) -> UUID | None:
        """Return whose name begins the sentence, or None where it stands alone."""
        return self.by(fact) if self.title else None

    def sentence(self, fact: Fact) -> str:
        """Return the title, which goes on after the doer's name where there is one."""
        return (self.title if self.doer(fact) else self.alone).format_map(fact.words())

    def explanation(self, fact: Fact) -> str:
        """Return what it means for the reader. What the clock gives as its reason are our own words already."""
        if self.quotes and fact.actor is None and fact.why:
            return fact.why
        elif callable(self.detail):
            return self.detail(fact)
        else:
            return self.detail.format_map(fact.words())

    def quote(self, fact: Fact) -> str:
        """Return what somebody said with it."""
        if self.says is not None:
            return self.says(fact)
        return fact.why if self.quotes and fact.actor is not None else ""
