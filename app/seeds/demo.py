"""The demo: three marketplaces that look alive, lived through with the product's own verbs."""

# Whoever waits for a gig is answered when it ends: these listen for that.
import app.agreements.answering  # noqa: F401
from app.accounts.passwords import hashed
from app.badges.models import settle
from app.core import clock
from app.core.database import db
from app.matching.jobs import relate
from app.seeds.alerts import tell_of_alerts
from app.seeds.assisting import tell_of_mandates
from app.seeds.boards import tell_of_boards
from app.seeds.certificates import tell_of_certificates
from app.seeds.climbing import tell_of_climbs
from app.seeds.commission import tell_of_commission
from app.seeds.content_files import SLUGS, Content, content_of
from app.seeds.dealings import tell_of_work
from app.seeds.desk import tell_of_the_desk
from app.seeds.experts import tell_of_experts
from app.seeds.fields import tell_of_fields
from app.seeds.front import tell_of_the_front
from app.seeds.hall import info_of
from app.seeds.invitations import tell_of_invitations
from app.seeds.kudos import tell_of_thanks
from app.seeds.listings import tell_of_gigs
from app.seeds.looks import tell_of_looks
from app.seeds.memberships import tell_of_memberships
from app.seeds.money import move_money
from app.seeds.news import tell_the_news
from app.seeds.offices import tell_of_terms
from app.seeds.opening import open_hall, tell_of_rules
from app.seeds.people import settle_in, tell_of_people
from app.seeds.projects import tell_of_projects
from app.seeds.seen import tell_who_was_seen
from app.seeds.sign_ins import PASSWORD
from app.seeds.talk import tell_of_talk
from app.seeds.vouching import tell_of_vouches
from tenants.context import tenant_context
from tenants.founding import next_tenant_id
from tenants.names import is_taken


def seed_demo() -> list[str]:
    """Make those of the demo's marketplaces that are not there, each in a transaction of its own; return their addresses."""
    missing = [slug for slug in SLUGS if not is_taken(slug)]
    password_hash = hashed(PASSWORD) if missing else ""
    for slug in missing:
        seed_hall(content_of(slug), password_hash)
    return missing


def seed_hall(content: Content, password_hash: str) -> None:
    """Make one marketplace and commit it whole, or nothing of it; then its money, which needs it to be there."""
    tenant_id = next_tenant_id()
    db.session.rollback()
    with tenant_context(tenant_id):
        hall = open_hall(tenant_id, content)
        with tenant_context(info_of(hall.tenant)):
            tell_of_people(hall, password_hash)
            tell_of_rules(hall)
            tell_of_fields(hall)
            tell_of_commission(hall)
            tell_of_gigs(hall)
            tell_of_invitations(hall)
            tell_of_work(hall)
            tell_of_talk(hall)
            tell_of_the_desk(hall)
            tell_of_the_front(hall)
            tell_of_looks(hall)
            tell_of_climbs(hall)
            tell_of_vouches(hall)
            tell_of_thanks(hall)
            tell_of_mandates(hall)
            tell_of_terms(hall)
            tell_of_boards(hall)
            tell_of_experts(hall)
            tell_of_certificates(hall)
            tell_of_projects(hall)
            hall.story.unfold()
            settle_in(hall)
            settle(None, now=clock.now())
            tell_of_memberships(hall)
            tell_who_was_seen(hall)
            relate()
            tell_of_alerts(hall)
            tell_the_news(now=clock.now())
            db.session.commit()
            move_money(hall)
            db.session.commit()
        db.session.expunge_all()
