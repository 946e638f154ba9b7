"""A hall where everything has happened once. All that people wrote is in Greek letters."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, text, update

from app.alerts.models import Alert
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.languages import speaking
from app.editorial.pages import Page, Wording
from app.gigs.search import Search
from app.imports.models import Import
from app.joining.models import Invitation, InvitationLink, JoinRequest
from app.joining.rules import publish_rules
from app.joining.tokens import new_link_token
from app.messages.models import Report, Thread
from app.profiles.models import PortfolioItem, Profile
from app.profiles.models.skills import set_skills
from app.reviews.publishing import review
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.factories import (
    a_category,
    a_gig,
    a_member,
    a_published_gig,
    a_user,
    acting,
    an_agreement,
    an_application,
    run_jobs,
)
from tests.words.pseudo import CODE

GREEK = "Καλημέρα σας, πότε αρχίζουμε;"
#: What the factories let people write in Latin letters, and cells of lists.
WRITTEN = [
    "I'd love to do this.",
    "The dates don't work out this time.",
    "A week away.",
    "Here is all of it.",
    "The R is too wide.",
    "Calm and exact.",
    "Knew what they wanted.",
    "The wall came down.",
    "We do not agree on what was meant.",
    "Half of it was done.",
    "Please bring a ladder.",
    "Petra Lindqvist",
    "Petra",
    "PL",
    "Expert",
    "lots",
    "nobody",
]
STATES = (
    "proposed countered agreed awaiting_release active paused delivered changes_requested accepted reviewed cancelled "
    "disputed resolved"
).split()
_GIGS = "Τίτλος,Αμοιβή,Γνώσεις,Επίπεδο\nΕπιγραφή,300,Γράμματα,Expert\nΚατάλογος,,Γράμματα,\n,20,,\nΆλλη,lots,,\n"
_PEOPLE = "Όνομα,Διεύθυνση,Δουλειά\nΆννα,anna@example.org,Γράφει\nΒασίλης,nobody,\n"
_KINDS: list[dict[str, Any]] = [
    {"settlement": "money", "pay_kind": "fixed", "pay_min": 5000, "pay_max": 9000, "currency": "EUR", "seats": 3},
    {
        "settlement": "money",
        "pay_kind": "hourly",
        "pay_min": 2500,
        "currency": "EUR",
        "remote": False,
        "place": "Πάτρα",
    },
    {"settlement": "credits", "credits_minutes": 90, "effort_span": "week", "effort_minutes": 120, "level": "Expert"},
    {"settlement": "none", "kind": "mentorship", "direction": "offer", "effort_span": "total", "effort_minutes": 30},
    {"settlement": "favour", "favour": "Ψωμί", "kind": "shadowing", "questions": ["Πότε;"]},
    {"settlement": "none", "kind": "committee", "direction": "offer"},
    {"settlement": "none", "kind": "learning"},
]

_FIRST = "ORDER BY array_position(ARRAY['draft', 'proposed', 'active', 'delivered', 'disputed', 'in_review', 'paused'], state)"
_THINGS = {
    "gig_id": f"gigs WHERE title = 'Επιγραφή' AND id NOT IN (SELECT gig_id FROM agreements) {_FIRST}",
    "member_id": "members WHERE name <> 'Petra Lindqvist'",
    "application_id": "(SELECT DISTINCT ON (state) id FROM applications) AS one_of_each",
    "agreement_id": f"agreements {_FIRST}",
    "thread_id": "threads",
    "report_id": "reports",
    "piece_id": "portfolio_items",
    "import_id": "imports",
    "page_id": "pages",
    "alert_id": "alerts",
    "subject_id": "gigs LIMIT 1",
}


class Story:
    """The hall `designers` with its people: Ines leads it, Maya asks for work, Sam does it, Noor leads a category."""

    def __init__(self, browser: Callable[..., Any]) -> None:
        self.browser, self.now = browser, clock.now()
        with speaking(CODE):
            self._begin()
            self._people_say_who_they_are()
            self._gigs_are_posted()
            self._people_agree()
            self._somebody_saves_a_search()
            self._people_talk()
            self._the_leader_arranges()
        run_jobs()

    def things(self) -> dict[str, list[Any]]:
        """Return ids of what happened, by the names that they have in addresses; those that most can be done with first."""
        return {name: list(db.session.scalars(text(f"SELECT id FROM {found}"))) for name, found in _THINGS.items()}

    def _begin(self) -> None:
        db.session.execute(
            update(Tenant).values(name="Λέσχη", tagline=GREEK, welcome=GREEK, locale=CODE, join_questions=["Ποιος;"])
        )
        category = db.session.scalars(select(Category).where(scoped(Category))).one()
        category.name, category.summary, category.charter = "Γράμματα", GREEK, GREEK
        self.reviewed = a_category("Pictures", posting_rule="reviewed")
        self.reviewed.name = "Εικόνες"
        self.ines, self.maya, self.sam, self.noor = (
            a_member(name, user=a_user(name, email=f"{email}@example.org"), roles=roles)
            for name, email, roles in (
                ("Ινές", "ines", ("leader",)),
                ("Μάγια", "maya", ()),
                ("Σαμ", "sam", ()),
                ("Νουρ", "noor", ("moderator",)),
            )
        )
        db.session.commit()

    def _people_say_who_they_are(self) -> None:
        today = self.now.date()
        for one in (self.maya, self.sam):
            one.locale = CODE
            profile = Profile.of(one.id)
            profile.tell(
                now=self.now, headline="Γράφει", story=GREEK, offers=GREEK, place="Πάτρα", languages=["Ελληνικά"],
                links=[{"label": "Σελίδα", "url": "https://example.org"}], contact="email_after_agreement",
                contact_details="Τηλέφωνο",
            )  # fmt: skip
            profile.offer_hours(600, on=today, now=self.now)
            profile.go_away(from_=today + timedelta(days=3), until=today + timedelta(days=9), now=self.now)
            set_skills(one.id, {"held": ["Γραφή"], "wanted": ["Χαρακτική"], "interest": ["Τύπος"]})
            PortfolioItem.add(one.id, now=self.now, title="Επιγραφή", text=GREEK)
        db.session.commit()

    def _a_gig(self, make: Callable[..., Any] = a_published_gig, **columns: Any) -> Any:
        said = {"title": "Επιγραφή", "summary": GREEK, "description": GREEK, "due_on": self.now.date()}
        return make(by=self.maya, **said | {"due_on": self.now.date() + timedelta(days=20)} | columns)

    def _gigs_are_posted(self) -> None:
        by = acting(self.maya)
        self.gigs = [self._a_gig(**columns) for columns in _KINDS]
        self.draft = self._a_gig(a_gig)
        self._a_gig(a_gig, category=self.reviewed).submit(by=by)
        paused, closed = self._a_gig(), self._a_gig()
        paused.pause(by=by, why=GREEK)
        closed.close(by=by, why=GREEK)
        db.session.commit()

    def _people_agree(self) -> None:
        for state in STATES:
            an_agreement(state=state, gig=self._a_gig(**_KINDS[STATES.index(state) % 3]), applicant=self.sam)
        accepted = an_agreement(state="accepted", gig=self._a_gig(), applicant=self.sam)
        review(accepted, by=acting(self.maya), rating=5, text=GREEK, now=self.now)
        for state in ("sent", "shortlisted", "declined", "withdrawn"):
            an_application(to=self._a_gig(), by=self.sam, state=state, note=GREEK)
        an_application(to=self.gigs[0], by=self.noor, note=GREEK)
        db.session.commit()

    def _somebody_saves_a_search(self) -> None:
        search = Search(q="Επιγραφή", where="remote", near="Πάτρα", within="50")
        chosen: dict[str, Any] = {"name": "Επιγραφές", "pace": "weekly", "weekday": 2, "hour": 8}
        alert = Alert.save(search, by=acting(self.maya), now=self.now, in_app=True, by_mail=True, **chosen)
        alert.open_feed()

    def _people_talk(self) -> None:
        thread = Thread.between(self.sam.id, self.maya.id, gig_id=self.gigs[1].id, now=self.now)
        thread.post(GREEK, by=acting(self.sam), now=self.now)
        thread.post(GREEK, by=acting(self.maya), now=self.now)
        for kind, subject in (("gig", self.gigs[2].id), ("member", self.noor.id)):
            Report.file(kind, subject, rule="spam", words=GREEK, by=acting(self.sam), now=self.now)
        db.session.commit()

    def _the_leader_arranges(self) -> None:
        by, later = acting(self.ines), self.now + timedelta(days=7)
        publish_rules(terms=GREEK, guidelines=GREEK, note=GREEK, by=by, now=self.now)
        publish_rules(terms=GREEK + GREEK, guidelines=GREEK, note=GREEK, by=by, now=self.now)
        version = db.session.scalars(select(Tenant.rules_version).where(Tenant.slug == "designers")).one()
        db.session.execute(update(Member).where(scoped(Member)).values(rules_version=version))
        Invitation.send("eleni@example.org", by=by, now=self.now, note=GREEK)
        db.session.add(
            InvitationLink(token=new_link_token(), uses_left=5, created_by=by.id, created_at=self.now, expires_at=later)
        )
        asking = a_user("Ελένη", email="helen@example.org")
        said = [{"question": "Ποιος;", "answer": GREEK}]
        db.session.add(
            JoinRequest(user_id=asking.id, name="Ελένη", email=asking.email, answers=said, asked_at=self.now)
        )
        for audience, title in (("anyone", "Ποιοι είμαστε"), ("members", "Κανόνες")):
            page = Page.begin(Wording(title, GREEK, f"about-{audience}", audience), by=by, now=self.now)
            page.publish(by=by)
        db.session.commit()
        self._lists_come_in(self.browser(self.ines))

    def _lists_come_in(self, desk: Any) -> None:
        columns = {"gigs": ["title", "pay", "skills", "level"], "members": ["name", "email", "headline"]}
        for kind, content in (("gigs", _GIGS), ("members", _PEOPLE)):
            for steps in range(3):
                sent = {"kind": kind, "file": (io.BytesIO(content.encode()), "list.csv")}
                assert desk.post("/desk/imports/", data=sent).status_code == 302
                if not steps:
                    continue
                one = db.session.scalars(select(Import).order_by(Import.id.desc()).limit(1)).one()
                one.agree_columns({key: number for number, key in enumerate(columns[kind])}, {"currency": "EUR"})
                db.session.commit()
                if steps == 2:
                    desk.post(f"/desk/imports/{one.id}/run")
