"""Money of the demo: accounts at the stand-in for Stripe, an offer, a gift, work that is paid in and paid out.

All of it goes the way of the product, so that the stand-in knows of it too; where there is none, the demo has no money.
It happens on the day of seeding, for the stand-in's clock cannot be put back, and after the marketplace was committed:
what is asked of Stripe is written down in transactions of its own.
"""

from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from sqlalchemy import select

from app.agreements.models import Agreement
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.memberships.models import Tier
from app.offers.buying_gifts import buy_gift
from app.offers.models import Discount, Gift
from app.payments.accounts import open_account
from app.payments.funding import fund
from app.payments.models import Payment
from app.payments.parts import parts_of
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall
from billing.connections import connect
from billing.following import follow
from tenants.isolation import scoped

# Where people would come back to; nobody of the demo goes there.
_BACK = "http://localhost/"


def move_money(hall: Hall) -> None:
    """Let the leader open an account and sell, and members give, earn and pay."""
    written = hall.content.money
    if not written or not config().stripe_url:
        return
    _open_for_business(hall, written["account"])
    for entry in written.get("offer", ()):
        _offer(hall, entry)
    for entry in written.get("gift", ()):
        _give(hall, entry)
    for entry in written.get("earns", ()):
        _earn(hall, entry)
    for entry in written.get("pays", ()):
        _pay_in(hall, entry)


def _open_for_business(hall: Hall, country: str) -> None:
    account = connect(country, by=hall.actor(hall.leader.id), now=clock.now())
    _fill_in(account.page(return_url=_BACK, refresh_url=_BACK), stage="complete")
    follow("connect", "account", account.account_id or "", account.account_id, now=clock.now())


def _offer(hall: Hall, entry: Entry) -> None:
    usual = {"amount": None, "currency": None, "months": None, "most_uses": None}
    told = {name: value for name, value in entry.items() if name not in ("tiers", "days")}
    tiers = [_tier(name).id for name in entry.get("tiers", ())]
    until = clock.end_of_day(hall.days.day(f"+{entry['days']}d"), hall.days.zone)
    offer = Discount.draft(tiers=tiers, by=hall.actor(hall.leader.id), now=clock.now(), until=until, **usual | told)
    offer.open(now=clock.now())


def _give(hall: Hall, entry: Entry) -> None:
    price = next(one for one in _tier(entry["tier"]).prices if one.interval == "month" and not one.is_archived)
    page = buy_gift(
        price,
        entry["months"],
        recipient=entry["for"],
        message=unwrapped(entry["words"]),
        by=hall.actor(entry["by"]),
        now=clock.now(),
        success=_BACK,
        cancel=_BACK,
    )
    _fill_in(page, card="pm_card_visa")
    gift = db.session.scalars(select(Gift).where(scoped(Gift)).order_by(Gift.id.desc()).limit(1)).one()
    follow("connect", "checkout.session", gift.session_id, gift.account_id, now=clock.now())


def _earn(hall: Hall, entry: Entry) -> None:
    account = open_account(entry["country"], by=hall.actor(entry["who"]), now=clock.now())
    _fill_in(account.page(return_url=_BACK, refresh_url=_BACK), stage="complete")
    follow("connect", "account", account.account_id, account.account_id, now=clock.now())


def _pay_in(hall: Hall, entry: Entry) -> None:
    """Let a client pay parts of an agreement in: what was accepted before is paid out at once, the rest is held."""
    gig, worker = hall.gigs[entry["gig"]], hall.members[entry["worker"]]
    found = select(Agreement).where(scoped(Agreement), Agreement.gig_id == gig.id, Agreement.worker_id == worker.id)
    agreement = db.session.scalars(found).one()
    parts = parts_of(agreement)
    for number in entry["parts"]:
        page = fund(parts[number - 1], by=hall.actor(agreement.client_id), now=clock.now())
        _fill_in(page, card="pm_card_visa")
        newest = select(Payment).where(scoped(Payment)).order_by(Payment.id.desc()).limit(1)
        payment = db.session.scalars(newest).one()
        follow("platform", "checkout.session", payment.session_id or "", None, now=clock.now())


def _tier(name: str) -> Tier:
    return db.session.scalars(select(Tier).where(scoped(Tier), Tier.name == name)).one()


def _fill_in(page: str, **fields: str) -> None:
    """Answer one of Stripe's pages as a person does; where it leads afterwards is of no interest here.

    :raises RuntimeError: when it does not take the answer.
    """
    asked = urlsplit(page)
    stand_in = HTTPConnection(asked.netloc, timeout=timedelta(seconds=20).total_seconds())
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        stand_in.request("POST", asked.path, urlencode(fields), headers)
        status = stand_in.getresponse().status
    finally:
        stand_in.close()
    if status != 303:
        raise RuntimeError(f"{page} answered {status}")
