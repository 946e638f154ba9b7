"""A marketplace opens: its tenant, categories, rules and first leader, all in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.activity.recording import record
from app.categories.models import Category
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import speaking
from app.joining.admission import admit
from app.joining.rules import publish_rules
from app.openings.draft import Draft
from app.openings.fields import FIELDS
from app.openings.first_rules import first_rules
from tenants.context import Actor, fresh_tenant_context
from tenants.founding import found, next_tenant_id
from tenants.models import Member
from tenants.names import UnusableName, check_slug, is_taken, slug_from


@dataclass(frozen=True, slots=True)
class NewAddress:
    """The host of a tenant that is there for everybody only after this request's commit."""

    host: str


def open_marketplace(draft: Draft, *, founder_id: UUID, now: datetime) -> None:
    """Open the marketplace with the request's commit; its founder is its first leader.

    :raises UnusableName: when somebody else took the address meanwhile.
    """
    check_slug(draft.slug)
    if is_taken(draft.slug):
        raise UnusableName(_("Somebody has taken this address meanwhile. Choose another."))
    tenant_id = next_tenant_id()
    # What it begins with is its own from now on, in its own language.
    with fresh_tenant_context(tenant_id), speaking(draft.language):
        _found(tenant_id, draft)
        _start_categories(draft, now=now)
        founder = db.session.get_one(User, founder_id)
        leader = admit(founder, name=founder.name, roles=("leader",), how="founder")
        _start_rules(draft, leader, now=now)
        record("opened", leader, by=leader.id, kind="tenant", to="active", name=draft.name)
        db.session.flush()


def _found(tenant_id: int, draft: Draft) -> None:
    try:
        with db.session.begin_nested():
            found(
                tenant_id,
                slug=draft.slug,
                name=draft.name,
                kind=draft.kind,
                field=draft.field,
                tagline=draft.tagline,
                preset=draft.preset,
                brand_colour=draft.brand_colour,
                who_may_see=draft.who_may_see,
                who_may_join=draft.who_may_join,
                who_may_post=draft.who_may_post,
                # What is said inside a company stays there until its leaders say otherwise.
                reviews_leave=draft.kind != "company",
                time_zone=draft.time_zone,
                locale=draft.language,
            )
    except IntegrityError as clash:
        if "tenants_slug_key" not in str(clash) and "domains_pkey" not in str(clash):
            raise
        raise UnusableName(_("Somebody has taken this address a moment ago. Choose another.")) from None


def _start_categories(draft: Draft, *, now: datetime) -> None:
    known = {category.name: category for category in FIELDS[draft.field].categories}
    names = dict.fromkeys([*draft.categories, *([draft.more] if draft.more else [])])
    slugs: set[str] = set()
    for position, name in enumerate(names):
        start = known.get(name)
        said = _(name) if start else name
        # Not every language is written in the letters of addresses.
        slug = slug_from(said) or slug_from(name) or f"category-{position + 1}"
        if slug in slugs:
            continue
        slugs.add(slug)
        db.session.add(
            Category(
                slug=slug,
                name=said,
                summary=_(start.summary) if start else "",
                emblem=start.emblem if start else "",
                position=position,
                created_at=now,
            )
        )


def _start_rules(draft: Draft, leader: Member, *, now: datetime) -> None:
    guidelines, terms = first_rules(draft.kind)
    by = Actor(
        id=leader.id,
        tenant_id=leader.tenant_id,
        user_id=leader.user_id,
        name=leader.name,
        hue=leader.hue,
        picture=None,
        roles=frozenset({"leader", "member"}),
    )
    publish_rules(terms=terms, guidelines=guidelines, note=_("The first version"), by=by, now=now)
