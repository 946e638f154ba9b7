"""The pages of a project read as much for six roles as for two."""

from app.core.database import db
from app.projects.models import Project
from tests.projects.arranging import a_project

ROOMS = ("", "/talk", "/tasks", "/decisions", "/files")


def test_the_pages_of_a_project_send_as_many_statements_for_six_roles_as_for_two(hall, browser, statements):
    team = a_project(settlement="none")
    key = (team.project.tenant_id, team.project.id)

    def grow(*numbers):
        team.project = db.session.get_one(Project, key)
        for number in numbers:
            team.ready(f"Role {number}", f"Number {number}")
        team.offers()
        team.accepts()

    def read():
        sent = {}
        for whose in (team.client, team.coordinator, next(iter(team.workers.values()))):
            looks = browser(whose)
            for room in (*ROOMS, *(("/waits",) if whose.id == team.coordinator.id else ())):
                page = f"/projects/{key[1]}{room}"
                looks.get(page)
                # Nothing is known from before, as in a process that answers it for the first time.
                db.session.expunge_all()
                statements.clear()
                assert looks.get(page).status_code == 200
                sent[whose.name, room] = len(statements)
        return sent

    grow(1, 2)
    few = read()
    grow(3, 4, 5, 6)
    assert read() == few
