"""From a single request to a plan: suggested, consented to, split into roles, each with somebody who stands by their part."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.activity.recording import record
from app.activity.stateful import NotYours
from app.agreements.terms import Terms
from app.applications.models import Application
from app.core.database import db
from app.core.languages import gettext as _
from app.core.transitions import Transition
from app.gigs.models import Gig
from app.mandates.acting import refuse_self_dealing
from app.projects.failures import NotToBeMade, ProjectExists, TooLate, UnusableRole
from app.projects.models.cast import Cast
from app.projects.models.client import LEADERS, Client
from app.projects.models.role import Role
from app.projects.states import PROJECT
from tenants.context import Actor
from tenants.isolation import scoped

MOST_ROLES = 12


class Making(Client):
    """Whoever is named in the table does each step; roles are the coordinator's while nobody plays them."""

    machine = PROJECT

    tenant_id: int
    gig_id: UUID
    client_id: UUID
    coordinator_id: UUID
    title: str
    reason: str
    settlement: str
    currency: str | None
    budget: int
    accepted_at: datetime | None
    gig: Gig

    @classmethod
    def suggest(cls, gig: Gig, *, title: str, brief: str, note: str, by: Actor, now: datetime) -> Self:
        """Return a project that `by` would make of a client's request; it waits for the client's yes.

        :raises NotToBeMade: when it is not a request that runs, is taken, or is `by`'s own.
        :raises ProjectExists: when there is one.
        :raises HelperAndHelped: when one of the two acts for the other.
        """
        gig.lock()
        is_free = gig.direction == "request" and gig.state == "open" and not gig.seats_taken
        if not is_free or gig.author_id == by.id or gig.coordinator_id is not None:
            raise NotToBeMade
        refuse_self_dealing(gig.author_id, by.id)
        there = select(cls).where(scoped(cls), cls.gig_id == gig.id, cls.state.not_in(("ended", "finished")))
        if db.session.scalars(there).first() is not None:
            raise ProjectExists
        paid = gig.settlement == "money"
        project: Any = cls(
            gig_id=gig.id,
            client_id=gig.author_id,
            coordinator_id=by.id,
            category_id=gig.category_id,
            title=title,
            brief=brief,
            note=note,
            settlement=gig.settlement if gig.settlement in ("money", "credits") else "none",
            currency=(gig.currency or "EUR") if paid else None,
            for_hall=False,
            budget=0,
            contingency=0,
            fee_points=0,
            state="suggested",
            reason="",
            created_at=now,
            state_changed_at=now,
        )
        project.set_timer(now=now)
        db.session.add(project)
        db.session.flush()
        record("suggest", project, by=by, to="suggested", why=note, **project.facts(by))
        return project

    def lock(self) -> None:
        """Hold the project until the transaction ends, as it is now: before any of its gigs."""
        db.session.flush()
        super().lock()

    def consent(self, *, by: Actor, now: datetime, for_hall: bool = False) -> None:
        """Let a project be made of the request: nobody is asked for the whole any more.

        :param for_hall: whether it is the marketplace's own; whoever says so is one of its leaders, and stands for it.
        :raises NotYours: when they are not.
        """
        row = self.step("consent", by=by)
        if for_hall and not by.has_role(*LEADERS):
            raise NotYours
        self.for_hall = for_hall
        self.gig.lock()
        if self.gig.state in ("open", "paused", "filled"):
            self.gig.stop_applications(by=by)
        self.enter(row, by=by, now=now)

    def decline(self, *, by: Actor, why: str, now: datetime) -> None:
        """Keep the request as it is."""
        self.come_to_nothing(self.step("decline", by=by, why=why), by=by, why=why, now=now)

    def give_up(self, *, by: Actor, why: str, now: datetime) -> None:
        """Say that there will be no project; the request takes applications again."""
        self.come_to_nothing(self.step("give_up", by=by, why=why), by=by, why=why, now=now)

    def add_role(
        self,
        *,
        by: Actor,
        title: str,
        category_id: UUID | None,
        description: str = "",
        phase: str = "",
        amount: int | None = None,
        skills: tuple[str, ...] = (),
        starts_on: date | None = None,
        due_on: date | None = None,
        waits_for_id: UUID | None = None,
    ) -> Role:
        """Return a new role, a draft of a gig of the client's that the coordinator answers for.

        :param amount: minor units of the project's currency, or minutes of credit; None where it is unpaid, or open.
        :raises UnusableRole: when there are too many, or it waits for a role of another project.
        """
        self.lock()
        self.check_plans(by)
        roles = self.roles()
        if len(roles) >= MOST_ROLES:
            raise UnusableRole(_("At most %(most)s roles fit.", most=MOST_ROLES))
        if waits_for_id is not None and waits_for_id not in {role.id for role in roles}:
            raise UnusableRole(_("Choose a role of this project."))
        paid, by_hours = self.settlement == "money", self.settlement == "credits"
        gig = Gig.begin(
            by=self.member(self.client_id),
            coordinator_id=self.coordinator_id,
            title=title,
            summary=_("A role in “%(project)s”", project=self.title)[:200],
            description=description,
            category_id=category_id,
            settlement=self.settlement,
            pay_kind="fixed" if paid and amount is not None else None,
            pay_min=amount if paid else None,
            pay_max=amount if paid else None,
            currency=self.currency if paid else None,
            credits_minutes=amount if by_hours else None,
            starts_on=starts_on,
            due_on=due_on,
            remote=self.gig.remote,
            place=self.gig.place,
            audience=self.gig.audience,
            skills_needed=skills,
        )
        last = db.session.scalar(select(func.max(Role.position)).where(scoped(Role), Role.project_id == self.id))
        role = Role(
            project_id=self.id, gig_id=gig.id, position=(last or 0) + 1, phase=phase, waits_for_id=waits_for_id, round=0
        )
        db.session.add(role)
        db.session.flush()
        return role

    def open_role(self, role: Role, *, by: Actor) -> None:
        """Let members see it and raise a hand; where its category reviews gigs, after its leaders have looked."""
        self.lock()
        self.check_plans(by)
        role.gig.publish(by=by)

    def drop_role(self, role: Role, *, by: Actor, why: str, now: datetime) -> None:
        """Leave a role out. Whoever raised a hand for it is answered.

        :raises TooLate: while somebody plays it.
        """
        self.lock()
        self.check_plans(by)
        if role.held() is not None or role.dropped_at is not None:
            raise TooLate
        self.close_gig(role, by=by, why=why)
        role.dropped_at = now
        role.empty()

    def ask(self, role: Role, application: Application, terms: Terms, *, by: Actor, now: datetime) -> None:
        """Put a part to somebody who raised a hand; what is paid is a whole sum of the project's own kind."""
        self.lock()
        self.check_plans(by)
        role.put_to(application, terms, by=by, now=now)
        record("ask", self, by=by, role=terms.title, worker_id=application.applicant_id, **self.facts(by))

    def say_yes(self, role: Role, *, by: Actor, seen: int, now: datetime) -> None:
        """Stand by one's part."""
        self.lock()
        role.say_yes(by=by, seen=seen, now=now)
        record("say_yes", self, by=by, role=role.part.title, worker_id=by.id, **self.facts(by))

    def say_no(self, role: Role, *, by: Actor, seen: int, why: str) -> None:
        """Leave one's part, and say why."""
        self.lock()
        title = role.part.title
        role.say_no(by=by, seen=seen)
        record("say_no", self, by=by, why=why, role=title, worker_id=by.id, **self.facts(by))

    def team(self) -> set[UUID]:
        """Return everybody who plays a role, or was asked to, or did until somebody else took it on."""
        return Cast(self.roles()).team()

    def roles(self) -> list[Role]:
        """Return its roles in their order, those that were left out as well."""
        found = select(Role).where(scoped(Role), Role.project_id == self.id).order_by(Role.position)
        # Whoever asks for all of them asks next for what they are about and who is in view.
        return list(db.session.scalars(found.options(joinedload(Role.gig), joinedload(Role.application))))

    def come_to_nothing(self, row: Transition, *, by: Actor | None, why: str, now: datetime) -> None:
        """Be over before anything was agreed: the roles close, the request goes on by itself."""
        for role in self.roles():
            self.close_gig(role, by=by, why=why or _("The project came to nothing."))
        self.gig.lock()
        if self.gig.state in ("open", "paused", "filled"):
            self.gig.take_applications(by=by)
        self.reason = why.strip()
        self.enter(row, by=by, now=now, why=why.strip())

    def close_gig(self, role: Role, *, by: Actor | None, why: str) -> None:
        """Take a role's gig off the lists, and let go of the person in view."""
        gig = role.gig
        gig.lock()
        if gig.state in ("open", "paused", "filled", "expired"):
            gig.close(by=by, why=why)
        elif gig.state == "in_review":
            gig.hand_back(by=by, why=why)

    def check_plans(self, by: Actor) -> None:
        """Refuse whoever is not its coordinator, and whenever it is no longer, or not yet, planned.

        :raises NotYours: by anybody else.
        :raises TooLate: before the client's consent, and after the end.
        """
        if by.id != self.coordinator_id:
            raise NotYours
        if self.state not in ("planning", "offered", "running"):
            raise TooLate

    def facts(self, by: Actor | None) -> dict[str, Any]:
        return {
            "gig_id": self.gig_id,
            "title": self.title,
            "client_id": self.client_id,
            "coordinator_id": self.coordinator_id,
        }
