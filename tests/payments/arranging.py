"""Held payments in tests: an agreement with two milestones, its people, and what they do at Stripe's pages."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import func, select

from app.agreements.models import Agreement
from app.agreements.terms import MilestoneTerms
from app.core import clock
from app.core.database import db
from app.payments.accounts import open_account
from app.payments.funding import fund
from app.payments.models import Payment, Share
from app.payments.parts import parts_of, payments_of
from billing.ledger import Entry
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_member, a_published_gig, acting, an_agreement, run_jobs
from tests.stripe.accounts import set_stage
from tests.stripe.world import PLATFORM

SKETCH, OUTLINES = 40_000, 60_000


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def send_form(url: str, **fields: str) -> tuple[int, str]:
    """Send a form of one of Stripe's pages; return the status and where it leads, else what it says."""
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(url, urlencode(fields).encode()) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location") or answer.read().decode()


@dataclass
class Work:
    """An agreement with its two people and money beside it."""

    money: object
    agreement: Agreement

    @property
    def client(self) -> Actor:
        return acting(self._member(self.agreement.client_id))

    @property
    def worker(self) -> Actor:
        return acting(self._member(self.agreement.worker_id))

    def _member(self, member_id):
        return db.session.get_one(Member, (self.agreement.tenant_id, member_id))

    def part(self, position=0):
        db.session.expire_all()
        return parts_of(self.agreement)[position]

    def fund(self, position=0, *, card="pm_card_visa", bank=""):
        """Have the client pay a part in, and let Stripe tell of it; return its payment."""
        url = fund(self.part(position), by=self.client, now=clock.now())
        db.session.commit()
        send_form(url, card=card, **({"bank": bank} if bank else {}))
        self.money.arrive()
        return self.payment(position)

    def payment(self, position=0) -> Payment:
        db.session.expire_all()
        wanted = self.part(position).id
        return [one for one in payments_of(self.agreement.id) if one.milestone_id == wanted and one.kind == "work"][-1]

    def accept(self):
        """Hand over the next part, and take it as done."""
        self.deliver()
        waiting = self.agreement.waiting_delivery()
        self.agreement.accept(by=self.client, seen=waiting.id, now=clock.now())
        db.session.commit()
        run_jobs()

    def deliver(self):
        db.session.expire_all()
        self.agreement.deliver(by=self.worker, note="Here it is.", now=clock.now())
        db.session.commit()

    def onboards(self, member=None, stage="complete"):
        """Let somebody open an account for their earnings, and answer Stripe; return it as it is there."""
        account = open_account("DE", by=member or self.worker, now=clock.now())
        db.session.commit()
        theirs = self.world.account(account.account_id)
        set_stage(self.world, theirs, stage)
        self.money.arrive()
        return theirs

    @property
    def world(self):
        return self.money.fake.world

    def transfers(self):
        return self.world.all(PLATFORM, "transfer")

    def charge(self, position=0):
        return self.world.of(PLATFORM, "charge", self.payment(position).charge_id)


def work(
    money, *, by=None, worker=None, state="active", milestones=(("Sketch", SKETCH), ("Outlines", OUTLINES))
) -> Work:
    """Return an agreement of Maya (who pays) and Sam (who works) about money."""
    listed = a_published_gig(
        by=by or a_member(), settlement="money", pay_kind="fixed", pay_min=SKETCH + OUTLINES, currency="EUR"
    )
    terms = tuple(MilestoneTerms(title, amount) for title, amount in milestones)
    return Work(money, an_agreement(state=state, gig=listed, applicant=worker, milestones=terms))


def balances(**where) -> dict[str, int]:
    """Return what stands on each account of the books, without those on which nothing does."""
    found = (
        select(Entry.account, func.sum(Entry.amount))
        .where(scoped(Entry), *(getattr(Entry, name) == value for name, value in where.items()))
        .group_by(Entry.account)
    )
    return {account: int(amount) for account, amount in db.session.execute(found) if amount}


def shares(payment: Payment) -> dict[str, Share]:
    db.session.expire_all()
    return {share.kind: share for share in payment.shares()}
