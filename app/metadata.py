"""Every table, for the migrations: importing this module loads all models."""

from importlib import import_module

from app.core.database import Base

MODEL_MODULES = (
    "app.core.limits",
    "tenants.models",
    "billing.owners",
    "billing.operations",
    "billing.inbox",
    "billing.ledger",
    "billing.connections",
    "billing.reconciling",
    "billing.plan_accounts",
    "billing.mails",
    "billing.presence",
    "billing.storage",
    "app.accounts.models",
    "app.operating.models",
    "app.activity.models",
    "app.acquaintances.models",
    "app.exposure.models",
    "app.categories.models",
    "app.categories.noticeboard",
    "app.categories.offices",
    "app.memberships.models",
    "app.offers.models",
    "app.search.models",
    "app.joining.models",
    "app.editorial.front_page",
    "app.editorial.pages",
    "app.profiles.models",
    "app.profiles.blocks",
    "app.gigs.models",
    "app.fees.models",
    "app.applications.models",
    "app.recruiting.models",
    "app.commissions.models",
    "app.agreements.models",
    "app.credits.models",
    "app.payments.models",
    "app.projects.models",
    "app.reviews.models",
    "app.reviews.of_projects",
    "app.attestations.keys",
    "app.attestations.models",
    "app.attestations.carried",
    "app.vouching.models",
    "app.endorsements.models",
    "app.badges.models",
    "app.experts.models",
    "app.category_figures.models",
    "app.moderation.models",
    "app.messages.models",
    "app.notifications.models",
    "app.imports.models",
    "app.looks.models",
    "app.matching.models",
    "app.feeds.models",
    "app.alerts.models",
    "app.category_desk.models",
)

for module in MODEL_MODULES:
    import_module(module)

metadata = Base.metadata
