"""The leader's way from a file to gigs: upload, columns, a look, in they come, and the rows to mend."""

import io

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.imports.models import Import
from app.imports.sheets import read_sheet
from tenants.context import tenant_context
from tenants.isolation import scoped
from tests.factories import a_category, a_leader, a_member, run_jobs

GIGS = b'Title,Pay,Skills\nPaint a shop sign,300,"Sign painting, Layout"\n,20,\n"=HYPERLINK(1)",lots,\n'


pytestmark = pytest.mark.usefixtures("outbox")


@pytest.fixture
def desk(hall, browser):
    a_category("Signs")
    return browser(a_leader())


def upload(desk, content=GIGS, *, kind="gigs", name="spring list.csv"):
    return desk.post("/desk/imports/", data={"kind": kind, "file": (io.BytesIO(content), name)})


def the_import():
    return db.session.scalars(select(Import).where(scoped(Import))).one()


def test_a_list_comes_in_step_by_step(desk):
    assert "Bring a list in" in desk.get("/desk/imports/").text
    columns = desk.get(upload(desk).headers["Location"])
    assert "“Sign painting, Layout”" in columns.text
    one = the_import()
    chosen = {f"column_{number}": key for key, number in one.mapping.items()} | {
        "currency": "GBP",
        "as_drafts": "False",
    }
    look = desk.post(f"/desk/imports/{one.id}/columns", data=chosen)
    assert look.headers["Location"].endswith("/preview")
    preview = desk.get(look.headers["Location"]).text
    assert "Paint a shop sign" in preview
    assert "£300" in preview
    assert "It has no title." in preview
    assert desk.post(f"/desk/imports/{one.id}/run").status_code == 302
    assert "import-progress" in desk.get(f"/desk/imports/{one.id}").text
    run_jobs()
    result = desk.get(f"/desk/imports/{one.id}").text
    assert "import-progress" not in result
    assert "“lots” is no pay" in result


def test_rows_to_mend_can_be_downloaded_and_hold_no_formula(desk):
    upload(desk)
    one = the_import()
    one.agree_columns(one.mapping, {})
    db.session.commit()
    desk.post(f"/desk/imports/{one.id}/run")
    run_jobs()
    answer = desk.get(f"/desk/imports/{one.id}/refused.csv")
    assert answer.mimetype == "text/csv"
    sheet = read_sheet(answer.data)
    assert sheet.columns == ["Title", "Pay", "Skills", "What to mend"]
    assert "'=HYPERLINK(1)" in answer.text
    assert [row[3] for row in sheet.rows] == [
        "It has no title.",
        "“lots” is no pay, such as 250, 20-30 an hour, or fixed price.",
    ]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.csv", "is empty"),
        (b"\x89PNG\x00\x00", "picture.csv", "not a CSV file"),
        (GIGS, "list.exe", "not one of these kinds"),
        (b"Title\n", "headings.csv", "no rows"),
    ],
)
def test_a_file_that_is_no_list_is_told_so(desk, content, name, words):
    answer = upload(desk, content, name=name)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_list_needs_its_title_column(desk):
    upload(desk)
    answer = desk.post(f"/desk/imports/{the_import().id}/columns", data={"currency": "GBP", "as_drafts": "False"})
    assert answer.status_code == 422
    assert "Say which column holds the title." in answer.text


@pytest.mark.parametrize("meaning", ["import_key", "x" * 9999, "title"])
def test_a_column_stands_for_one_thing_that_there_is(desk, meaning):
    upload(desk)
    sent = {"column_0": "title", "column_1": meaning, "currency": "GBP", "as_drafts": "False"}
    assert desk.post(f"/desk/imports/{the_import().id}/columns", data=sent).status_code == 422


def test_it_runs_once(desk):
    upload(desk)
    one = the_import()
    one.agree_columns(one.mapping, {})
    db.session.commit()
    assert desk.post(f"/desk/imports/{one.id}/run").status_code == 302
    assert desk.post(f"/desk/imports/{one.id}/run").status_code == 409


def test_people_may_be_invited_from_a_list(desk):
    upload(desk, b"Name,E-mail\nAna Reis,ana@example.org\nBo,bo\n", kind="members")
    one = the_import()
    sent = {"column_0": "name", "column_1": "email", "at_once": "False"}
    look = desk.get(desk.post(f"/desk/imports/{one.id}/columns", data=sent).headers["Location"]).text
    assert "ana@example.org" in look
    desk.post(f"/desk/imports/{one.id}/run")
    run_jobs()
    assert one.counts() == {"created": 1, "refused": 1}


def test_only_those_who_manage_the_hall_bring_lists_in(hall, browser):
    for roles in ((), ("moderator",)):
        assert browser(a_member(f"A {roles}", roles=roles)).get("/desk/imports/").status_code == 403
    assert browser(a_member("Ada", roles=("admin",))).get("/desk/imports/").status_code == 200


def test_another_marketplaces_list_is_not_here(desk, hall, other_hall):
    db.session.commit()
    with tenant_context(other_hall):
        leader = a_leader("Otto Other")
        sheet = read_sheet(GIGS)
        foreign = Import.of_sheet(sheet, kind="gigs", file_name="x.csv", by=leader.id, now=clock.now())
        foreign_id = foreign.id
        db.session.commit()
    for path in ("", "/columns", "/preview", "/refused.csv"):
        assert desk.get(f"/desk/imports/{foreign_id}{path}").status_code == 404
    assert desk.post(f"/desk/imports/{foreign_id}/run").status_code == 404
