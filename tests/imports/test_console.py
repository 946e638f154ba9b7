"""`guildhall import`: the same as from the desk, with the worker or without."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.core.database import db
from app.gigs.models import Gig
from app.imports.cli import commands
from app.joining.models import Invitation
from tenants.isolation import scoped
from tests.factories import a_leader, run_jobs

pytestmark = pytest.mark.usefixtures("outbox")


@pytest.fixture
def call(app, hall, tmp_path):
    """Call a command with the text of a file at its end."""
    leader = a_leader()
    db.session.commit()

    def call(*words, text, name="list.csv"):
        file = tmp_path / name
        file.write_text(text)
        return CliRunner().invoke(commands, [*words, str(file)], obj=lambda: nullcontext(app))

    call.leader_id = leader.id
    return call


def test_gigs_come_in_and_what_happened_is_told(call):
    answer = call("gigs", "--tenant", "designers", text="Title,Pay\nPaint a door,20\nMend it,lots\n")
    assert answer.exit_code == 0, answer.output
    assert "1 brought in" in answer.output
    assert "row 3: “lots” is no pay" in answer.output
    gig = db.session.scalars(select(Gig).where(scoped(Gig))).one()
    assert (gig.author_id, gig.state) == (call.leader_id, "open")


def test_the_worker_finds_nothing_left_to_do(call):
    call("gigs", "--tenant", "designers", text="Title\nPaint a door\n")
    run_jobs()
    assert db.session.scalar(select(func.count()).select_from(Gig).where(scoped(Gig))) == 1


def test_people_are_invited(call):
    answer = call("members", "--tenant", "designers", text="Name,E-mail\nAna Reis,ana@example.org\n")
    assert answer.exit_code == 0, answer.output
    assert db.session.scalars(select(Invitation.email).where(scoped(Invitation))).all() == ["ana@example.org"]


@pytest.mark.parametrize(
    ("tenant", "text", "words"),
    [
        ("nowhere", "Title\nx\n", "no marketplace called nowhere"),
        ("designers", "Colour\nred\n", "looks like “Title”"),
        ("designers", "", "is empty"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(call, tenant, text, words):
    answer = call("gigs", "--tenant", tenant, text=text)
    assert answer.exit_code == 1
    assert words in answer.output
    assert "Traceback" not in answer.output
