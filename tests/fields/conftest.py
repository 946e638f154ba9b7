"""A category that asks something of each kind."""

from types import SimpleNamespace

import pytest

from app.core import clock
from app.core.database import db
from app.fields.loading import options_of
from app.fields.models import CategoryField
from tests.factories import a_category, a_category_leader, acting


@pytest.fixture
def print_shop(hall):
    """“Print”, led by Tomasz: pages (number, required), paper (choice of several), due at the binder's (date, for members), the
    door code (words, revealed in an agreement).
    """
    category = a_category("Print")
    leader = a_category_leader(category)

    def ask(name, kind, **columns):
        return CategoryField.ask(category, by=acting(leader), now=clock.now(), name=name, kind=kind, **columns)

    pages = ask("Pages", "number", required=True, unit="pages", least=100, most=500_00)
    paper = ask("Paper", "choice", many=True, options=["Matte", "Glossy", "Recycled"])
    binder = ask("At the binder's", "date", visibility="members")
    code = ask("Door code", "text", visibility="agreement")
    db.session.commit()
    return SimpleNamespace(
        category=category,
        leader=leader,
        pages=pages,
        paper=paper,
        binder=binder,
        code=code,
        options={one.name: one for one in options_of(paper)},
        ask=ask,
    )
