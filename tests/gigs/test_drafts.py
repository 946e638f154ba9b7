"""A page that is sent twice at the same moment still makes one draft."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.core.database import db
from app.core.ids import new_id
from app.factory import create_app
from app.gigs.drafts import Draft
from app.gigs.models import Gig
from tenants.context import tenant_context
from tests.app_fixtures import settings_for
from tests.factories import a_hall, a_member, acting


@pytest.mark.slow
def test_of_two_that_begin_the_same_draft_at_once_both_have_it(fresh_database, tmp_path):
    application = create_app(settings_for(fresh_database, tmp_path))
    with application.app_context():
        hall = a_hall("designers")
        with tenant_context(hall):
            maya = acting(a_member())
        db.session.remove()
    draft_id, together = new_id(), Barrier(2)

    def begin(_: int) -> object:
        with application.app_context(), tenant_context(hall):
            together.wait()
            gig_id = Draft.called(draft_id, by=maya).gig.id
            db.session.commit()
            db.session.remove()
            return gig_id

    with ThreadPoolExecutor(2) as browsers:
        assert list(browsers.map(begin, range(2))) == [draft_id, draft_id]
    with application.app_context(), tenant_context(hall):
        assert db.session.scalar(select(func.count()).select_from(Gig)) == 1
        db.session.remove()
        db.engine.dispose()
