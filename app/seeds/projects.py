"""Projects of the demo: made of requests, staffed, offered, taken, and under way."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from io import BytesIO

from werkzeug.datastructures import FileStorage

from app.agreements.terms import MilestoneTerms, Terms
from app.applications.raising import raise_hand
from app.core import clock, files
from app.core.database import db
from app.core.money import read_amount
from app.gigs.models import Gig
from app.projects.models import Project, ProjectFile, Role
from app.reviews.of_projects import ProjectReview
from app.reviews.publishing import publish_when_due
from app.seeds.content_files import Entry, flowing, unwrapped
from app.seeds.hall import Hall
from tenants.context import Actor, current_tenant_id

_MORNING, _NOON, _EVENING = time(9, 30), time(12, 15), time(18)
_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Making:
    """One project, while it is lived through."""

    hall: Hall
    name: str
    entry: Entry
    project: Project | None = None
    roles: list[Role] = field(default_factory=list)

    def tell(self) -> None:
        """Let each step happen on its day."""
        begun = self._on("on", _MORNING)
        self._story(begun - _HOUR, "request", self.ask_for)
        self._story(begun, "suggest", self.suggest)
        if "consent" not in self.entry:
            return
        consented = self._on("consent", _NOON)
        self._story(consented, "consent", self.consent)
        for number, entry in enumerate(self.entry.get("role", ())):
            later = self.hall.days.moment(entry["on"], usually=_NOON) if "on" in entry else consented
            self._story(later + _HOUR * (number + 1), "role", partial(self.add_role, entry))
        if "offer" in self.entry:
            self._story(self._on("offer", _NOON), "offer", self.offer)
        if "handover" in self.entry:
            self._story(self.hall.days.moment(self.entry["handover"]["on"], usually=_NOON), "handover", self.hand_over)
        if "accept" in self.entry:
            accepted = self._on("accept", _EVENING)
            self._story(accepted, "accept", self.accept)
            self._tell_of_the_work(accepted)

    def _tell_of_the_work(self, accepted: datetime) -> None:
        changes = [entry for entry in self.entry["role"] if "on" in entry]
        for number, entry in enumerate(self.entry["role"]):
            if "on" not in entry:
                started = accepted + _HOUR * (20 + number)
                self._story(started, "start", partial(self.start, number, entry))
                self._tell_of_the_end_of_reviews(number, started)
            if "until" in entry:
                moment = self.hall.days.moment(entry["until"], usually=_MORNING)
                self._story(moment, "replace", partial(self.replace, number, entry))
        self._story(accepted + timedelta(days=2), "write", self.write)
        if "wait" in self.entry:
            self._story(accepted + timedelta(days=1), "wait", self.let_wait)
        if "finish" in self.entry:
            finished = self._on("finish", _EVENING)
            self._story(finished, "finish", self.finish)
            for number, entry in enumerate(self.entry.get("review", ())):
                self._story(finished + _HOUR * (15 + number * 4), "review", partial(self.review, entry))
        if changes:
            moment = self.hall.days.moment(changes[-1]["on"], usually=_NOON) + timedelta(days=4)
            self._story(moment, "change", self.offer)

    def _tell_of_the_end_of_reviews(self, number: int, accepted: datetime) -> None:
        published = self.hall.end_of_reviews(accepted)
        if published < clock.now():
            self._story(published, "end of reviews", partial(self.end_reviews, number))

    def ask_for(self, now: datetime) -> None:
        pay = sum(role.get("pay", 0) for role in self.entry.get("role", ())) or 1_000
        gig = Gig.begin(
            by=self.hall.members[self.entry["client"]],
            title=self.entry["title"],
            summary=self.entry["summary"],
            description=flowing(self.entry["brief"]),
            category_id=self.hall.categories[self.entry["category"]].id,
            settlement="money",
            pay_kind="fixed",
            pay_min=self._minor(pay),
            currency=self.hall.currency,
        )
        gig.publish(by=self.hall.actor(self.entry["client"]))
        self.hall.gigs[f"project {self.name}"] = gig

    def suggest(self, now: datetime) -> None:
        self.project = Project.suggest(
            self.hall.gigs[f"project {self.name}"],
            title=self.entry["title"],
            brief=flowing(self.entry["brief"]),
            note=self.entry["note"],
            by=self.hall.actor(self.entry["by"]),
            now=now,
        )

    def consent(self, now: datetime) -> None:
        self.project.consent(by=self.hall.actor(self.entry["client"]), now=now)

    def add_role(self, entry: Entry, now: datetime) -> None:
        leader, days = self.hall.actor(self.entry["by"]), self.hall.days
        waits = self.roles[entry["waits_for"] - 1].id if "waits_for" in entry else None
        role = self.project.add_role(
            by=leader,
            title=entry["title"],
            category_id=self.hall.categories[entry["category"]].id,
            phase=entry.get("phase", ""),
            amount=self._minor(entry["pay"]),
            starts_on=days.day_or_none(entry.get("starts")),
            due_on=days.day_or_none(entry.get("due")),
            waits_for_id=waits,
        )
        self.roles.append(role)
        self.project.open_role(role, by=leader)
        if "who" not in entry:
            return
        db.session.flush()
        hand = raise_hand(
            role.gig, by=self.hall.actor(entry["who"]), note=unwrapped(entry["note"]), answers=[], now=now
        )
        db.session.flush()
        self.project.ask(role, hand, self._part(role, entry), by=leader, now=now)
        if entry.get("yes"):
            db.session.expire(role, ["application"])
            self.project.say_yes(role, by=self.hall.actor(entry["who"]), seen=role.round, now=now)

    def offer(self, now: datetime) -> None:
        self.project.offer(
            fee_points=self.entry["fee"] * 100,
            contingency=self._minor(self.entry["contingency"]),
            by=self.hall.actor(self.entry["by"]),
            now=now,
        )

    def accept(self, now: datetime) -> None:
        offer = self.project.open_offer()
        self.project.accept(by=self.hall.actor(self.entry["client"]), seen=offer.id, now=now)

    def hand_over(self, now: datetime) -> None:
        asked, leader = self.entry["handover"], self.hall.actor(self.entry["by"])
        self.project.hand_over(self.hall.members[asked["to"]].id, why=unwrapped(asked["note"]), by=leader, now=now)

    def start(self, number: int, entry: Entry, now: datetime) -> None:
        agreement, worker = self.roles[number].held(), self.hall.actor(entry["who"])
        agreement.start(by=worker, now=now)
        for _ in range(entry.get("done", 0)):
            agreement.deliver(by=worker, note="Photographs are in the folder.", now=now)
            seen = agreement.waiting_delivery().id
            agreement.accept(by=self.hall.actor(self.entry["client"]), seen=seen, now=now)

    def end_reviews(self, number: int, now: datetime) -> None:
        """Publish what was written of a role, where its time for reviews has gone by."""
        for agreement in self.roles[number].agreements():
            publish_when_due(agreement, now=now)

    def replace(self, number: int, entry: Entry, now: datetime) -> None:
        self.project.replace(self.roles[number], by=self.hall.actor(self.entry["by"]), why=entry["why"], now=now)

    def finish(self, now: datetime) -> None:
        self.project.finish(by=self.hall.actor(self.entry["client"]), now=now)

    def review(self, entry: Entry, now: datetime) -> None:
        ProjectReview.write(
            self.project,
            by=self.hall.actor(entry["by"]),
            rating=entry["rating"],
            text=unwrapped(entry["text"]),
            leading=entry.get("leading"),
            leading_text=unwrapped(entry.get("leading_text", "")),
            now=now,
        )

    def let_wait(self, now: datetime) -> None:
        for (role, part), (other, other_part) in self.entry["wait"]:
            one, awaited = (self.roles[role - 1].id, part), (self.roles[other - 1].id, other_part)
            self.project.let_wait(one, awaited, by=self.hall.actor(self.entry["by"]))

    def write(self, now: datetime) -> None:
        for one in self.entry.get("write", ()):
            by = self.hall.actor(one.get("by", self.entry["by"]))
            who = self.hall.actor(one["for"]).id if "for" in one else None
            note = self.project.write(
                unwrapped(one["text"]),
                kind=one["kind"],
                by=by,
                readers=one.get("readers", "everybody"),
                phase=one.get("phase", ""),
                for_id=who,
                due_on=self.hall.days.day_or_none(one.get("due")),
                files=[_a_file(name, words, by, now) for name, words in one.get("files", {}).items()],
                now=now,
            )
            if "done" in one:
                note.finish(by=self.hall.actor(one["done"]), now=now + _HOUR)
            db.session.flush()

    def _part(self, role: Role, entry: Entry) -> Terms:
        days = self.hall.days
        return Terms(
            title=role.gig.title,
            settlement="money",
            pay_kind="fixed",
            amount=self._minor(entry["pay"]),
            currency=self.hall.currency,
            starts_on=role.gig.starts_on,
            due_on=role.gig.due_on,
            milestones=tuple(
                MilestoneTerms(title, self._minor(amount), days.day(due))
                for title, amount, due in entry.get("milestones", ())
            ),
        )

    def _minor(self, amount: float) -> int:
        return read_amount(str(amount), self.hall.currency)

    def _on(self, name: str, usually: time) -> datetime:
        return self.hall.days.moment(self.entry[name], usually=usually, salt=self.name)

    def _story(self, moment: datetime, what: str, happens: object) -> None:
        self.hall.story.on(moment, f"project {self.name}: {what}", happens)


def _a_file(name: str, words: str, by: Actor, now: datetime) -> ProjectFile:
    upload = FileStorage(BytesIO(unwrapped(words).encode()), filename=name, content_type="text/plain")
    file = files.keep(upload, tenant_id=current_tenant_id(), owner=f"{by.id} in a project")
    return ProjectFile(
        uploaded_by=by.id,
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        digest=file.digest,
        created_at=now,
    )


def tell_of_projects(hall: Hall) -> None:
    """Let projects be made, each step on its day."""
    for name, entry in hall.content.projects.items():
        Making(hall, name, entry).tell()
