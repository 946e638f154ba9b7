"""A project in tests: its client, its coordinator, and people who take its roles."""

from dataclasses import dataclass, field

from app.agreements.models import Agreement
from app.agreements.terms import MilestoneTerms, Terms
from app.applications.raising import raise_hand
from app.core import clock
from app.core.database import db
from app.projects.models import Project, Role
from tenants.context import Actor
from tenants.models import Member
from tests.factories import a_category, a_category_leader, a_member, a_published_gig, acting

#: What a role is paid, in two milestones.
SKETCH, WHOLE = 10_000, 40_000


@dataclass
class Team:
    """A project with its people; verbs are done as whoever may, and committed."""

    project: Project
    client: Actor
    coordinator: Actor
    workers: dict = field(default_factory=dict)

    def role(self, title: str = "Posters", *, category=None, amount: int | None = WHOLE, **columns) -> Role:
        """Return a role that members see."""
        role = self.project.add_role(
            by=self.coordinator,
            title=title,
            category_id=category.id if category else self.project.category_id,
            amount=self._worth(amount),
            **columns,
        )
        self.project.open_role(role, by=self.coordinator)
        db.session.commit()
        return role

    def asked(self, role: Role, who: str | Member = "Sam Reyes", *, amount: int = WHOLE) -> Actor:
        """Let somebody raise a hand for a role, and put a part to them; return who it is."""
        member = a_member(who) if isinstance(who, str) else who
        worker = acting(member)
        db.session.expire_all()
        application = raise_hand(role.gig, by=worker, note="Gladly.", answers=[], now=clock.now())
        db.session.flush()
        self.project.ask(role, application, self.part(role, amount), by=self.coordinator, now=clock.now())
        db.session.commit()
        self.workers[role.id] = worker
        return worker

    def part(self, role: Role, amount: int = WHOLE) -> Terms:
        paid, by_hours = self.project.settlement == "money", self.project.settlement == "credits"
        split = (MilestoneTerms("Sketch", SKETCH), MilestoneTerms("The rest", amount - SKETCH))
        return Terms(
            title=role.gig.title,
            settlement=self.project.settlement,
            pay_kind="fixed" if paid else None,
            amount=amount if paid else None,
            currency="EUR" if paid else None,
            credits_minutes=self._worth(amount) if by_hours else None,
            milestones=split if paid else (MilestoneTerms("Sketch"), MilestoneTerms("The rest")),
        )

    def _worth(self, amount: int | None) -> int | None:
        """Return an amount as this project counts it: of hours, a minute for each euro."""
        if self.project.settlement == "none" or amount is None:
            return None
        return amount if self.project.settlement == "money" else amount // 100

    def says_yes(self, role: Role) -> None:
        db.session.expire_all()
        self.project.say_yes(role, by=self.workers[role.id], seen=role.round, now=clock.now())
        db.session.commit()

    def ready(self, title: str = "Posters", who: str | Member = "Sam Reyes", *, amount: int = WHOLE, **columns) -> Role:
        """Return a role that somebody stands by."""
        role = self.role(title, **columns)
        self.asked(role, who, amount=amount)
        self.says_yes(role)
        return role

    def offers(self, *, fee: int = 1_000, contingency: int = 5_000):
        """Put what people stand by to the client, with a fee of 10 %."""
        db.session.expire_all()
        paid = self.project.settlement == "money"
        offer = self.project.offer(
            fee_points=fee if paid else 0,
            contingency=contingency if paid else 0,
            by=self.coordinator,
            now=clock.now(),
        )
        db.session.commit()
        return offer

    def accepts(self) -> list[Agreement]:
        db.session.expire_all()
        offer = self.project.open_offer()
        agreements = self.project.accept(by=self.client, seen=offer.id, now=clock.now())
        db.session.commit()
        return agreements

    def delivers(self, role: Role) -> None:
        """Let whoever plays a role hand the next part over, and the client accept it."""
        db.session.expire_all()
        agreement, worker = role.held(), self.workers[role.id]
        if agreement.state == "agreed":
            agreement.start(by=worker, now=clock.now())
        agreement.deliver(by=worker, note="Here it is.", now=clock.now())
        db.session.flush()
        waiting = agreement.waiting_delivery()
        agreement.accept(by=self.client, seen=waiting.id, now=clock.now())
        db.session.commit()


def a_project(*, settlement: str = "money", consented: bool = True, client: Member | None = None) -> Team:
    """Return a project of Tomasz', who leads Printing, made of a request of Maya's."""
    category = a_category("Printing")
    leader = a_category_leader(category)
    owner = client or a_member()
    paid = {"pay_kind": "fixed", "pay_min": 100_000, "currency": "EUR"} if settlement == "money" else {}
    gig = a_published_gig(by=owner, category=category, title="A spring fair", settlement=settlement, **paid)
    return a_project_of(gig, leader, owner, consented=consented)


def member_of(actor: Actor) -> Member:
    """Return the member that an actor is."""
    return db.session.get_one(Member, (actor.tenant_id, actor.id))


def a_project_of(gig, leader: Member, owner: Member, *, consented: bool = True) -> Team:
    coordinator, maya = acting(leader), acting(owner)
    project = Project.suggest(
        gig, title="The spring fair", brief="Posters, a stage, and somebody who looks after both.", note="", by=coordinator,
        now=clock.now(),
    )  # fmt: skip
    db.session.flush()
    if consented:
        project.consent(by=maya, now=clock.now())
    db.session.commit()
    return Team(project, maya, coordinator)
