"""Whatever the session writes where pages show it is noticed, and counted in the same transaction."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

import app.metadata  # noqa: F401  (all models)
from app.categories.models import Category
from app.core import clock
from app.core.database import Base, db
from app.gigs.models import Gig
from app.profiles.blocks import Block
from tenants import versions
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member, TenantVersions
from tests.factories import a_member, a_published_gig

# Tables of a tenant's that no page shows which is kept: what they say goes to one person, or is counted elsewhere.
NOT_SHOWN = {
    "activities", "agreements", "alert_anchors", "alert_letters", "alert_matches", "alert_weighings", "alerts",
    "appeals", "applications", "attachments", "attestation_keys", "attestations", "calendar_addresses",
    "category_desks", "category_targets", "certificates", "climb_settings", "climbs", "commission_terms", "connections",
    "credit_accounts",
    "credit_rules", "credit_transfers", "deliveries", "desk_settings", "discount_tiers", "discounts", "dispatches",
    "domains", "gifts", "gig_calls", "gig_dismissals", "gig_edits", "gig_exposures", "gig_fees", "gig_purchases",
    "gig_suggestions",
    "hall_sessions", "import_rows", "imports", "invitation_links", "invitations", "join_requests", "ledger_entries",
    "ledger_transactions", "mail_days", "mail_rests", "mandates", "matching_off", "matching_weights", "measures",
    "member_exposures", "membership_customers", "membership_payments", "membership_purchases", "memberships",
    "messages", "milestones", "moderation_settings", "notification_preferences", "notifications", "operations",
    "page_versions", "payment_refunds", "payment_shares", "payments", "payout_accounts", "plan_accounts",
    "plan_invoices", "plan_subscriptions", "presences", "project_files", "project_handovers", "project_notes",
    "project_offers", "project_waits", "rules_acceptances",
    "search_entries", "search_words", "skill_kin", "stored_objects", "stripe_comparisons", "stripe_differences",
    "stripe_owners", "tenant_versions", "terms_rounds", "thread_marks", "threads", "tier_prices", "tribes",
    "vetting_opinions", "vetting_papers", "vettings", "withdrawn_attestations",
}  # fmt: skip


def counted(tenant_id: int) -> tuple[int, int, int]:
    db.session.commit()
    columns = (TenantVersions.gigs, TenantVersions.people, TenantVersions.hall)
    return tuple(db.session.execute(select(*columns).where(TenantVersions.tenant_id == tenant_id)).one())  # type: ignore[return-value]


def test_every_table_of_a_tenant_says_where_it_is_shown():
    """A new table is shown somewhere, or said here to be shown nowhere that is kept."""
    mappers = [mapper for mapper in Base.registry.mappers if "tenant_id" in mapper.local_table.c]
    shown = {mapper.local_table.name for mapper in mappers if getattr(mapper.class_, "shown_in", ())}
    assert {mapper.local_table.name for mapper in mappers} - shown == NOT_SHOWN
    assert shown & NOT_SHOWN == set()


@pytest.fixture
def gig(hall: Any) -> Gig:
    return a_published_gig(by=a_member())


def test_a_row_changed_by_hand_is_noticed_also_when_only_the_commit_writes_it(hall, gig):
    before = counted(hall.id)
    gig.title = "Redraw another sign"
    assert counted(hall.id) == (before[0] + 1, *before[1:])


def test_a_row_put_in_or_taken_out_is_noticed(hall, gig):
    before = counted(hall.id)
    other = a_published_gig(by=a_member("Li Wei"))
    between = counted(hall.id)
    assert between[0] > before[0]
    db.session.delete(other)
    assert counted(hall.id)[0] == between[0] + 1


@pytest.mark.parametrize(
    "statement",
    [
        lambda: update(Gig).where(scoped(Gig)).values(title="Another"),
        lambda: update(Gig.__table__).where(scoped(Gig)).values(title="Another"),
        lambda: update(Category).where(scoped(Category)).values(name="Signs"),
        lambda: insert(Category).values(slug="signs", name="Signs", created_at=clock.now()),
        lambda: delete(Block).where(scoped(Block)),
    ],
)
def test_a_statement_is_noticed_whatever_rows_it_finds(hall, gig, statement):
    before = counted(hall.id)
    db.session.execute(statement())
    assert counted(hall.id)[0] == before[0] + 1


def test_what_changes_with_every_visit_makes_no_page_anew(hall, gig):
    member = db.session.get_one(Member, (hall.id, gig.author_id))
    before = counted(hall.id)
    db.session.execute(update(Member).where(scoped(Member)).values(unread_count=Member.unread_count + 1))
    member.seen_on = clock.now().date()
    assert counted(hall.id) == before
    db.session.execute(update(Member).where(scoped(Member)).values(unread_count=0, name="Ola"))
    assert counted(hall.id)[1] == before[1] + 1


def test_what_is_rolled_back_is_not_counted_and_belongs_to_nobody_meanwhile(hall, gig):
    before = counted(hall.id)
    gig.title = "Never said"
    db.session.flush()
    assert versions.changing()
    db.session.rollback()
    assert not versions.changing()
    assert counted(hall.id) == before


def test_another_tenants_counters_stay(hall, other_hall, gig):
    before = counted(hall.id)
    db.session.commit()
    with tenant_context(other_hall):
        a_published_gig(by=a_member("Zoe Roe"))
        db.session.commit()
    assert counted(hall.id) == before
