"""The vocabulary of skills: other names, merging, lists; searching and typing either finds both."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.categories import names
from app.categories.models import Skill, SkillName
from app.categories.vocabulary import skills_named
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.imports.sheets import read_sheet
from app.imports.skills import bring_in_skills
from app.search.matching import answer
from app.search.question import Question
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, a_published_gig, acting
from tests.people.arranging import somebody

ESCO = Path(__file__).parents[3] / "shared" / "data" / "esco-skills-en.csv"


@pytest.fixture
def leader(hall):
    return a_leader()


def skill(name):
    (skill_id,) = skills_named([name])
    return db.session.scalars(select(Skill).where(scoped(Skill), Skill.id == skill_id)).one()


def found(words):
    db.session.commit()
    ids = answer(Question.read(words), "gig", for_visitors=True).ids
    return [db.session.scalars(select(Gig.title).where(scoped(Gig), Gig.id == one)).one() for one in ids]


def test_another_name_finds_the_skill_and_the_skill_its_other_name(leader):
    a_published_gig(by=leader, title="Mend a form", skills_needed=["JavaScript"])
    a_published_gig(by=leader, title="Some js for a page", skills_needed=["Front end"])
    names.call(skill("JavaScript"), "JS", by=acting(leader))
    names.call(skill("JavaScript"), "java script", by=acting(leader))
    both = {"Mend a form", "Some js for a page"}
    assert set(found("js")) == set(found("javascript")) == set(found("java script")) == both
    # Whoever types the other name means the skill.
    assert skills_named(["js", "JavaScript", "JAVA  SCRIPT"]) == [skill("javascript").id]
    names.uncall(skill("JavaScript"), "js")
    assert found("js") == ["Some js for a page"]


def test_a_name_of_one_skill_is_no_name_of_another(leader):
    names.call(skill("JavaScript"), "js", by=acting(leader))
    with pytest.raises(names.NameTaken):
        names.call(skill("Java"), "JS", by=acting(leader))
    with pytest.raises(names.NameTaken):
        names.call(skill("Java"), "JavaScript", by=acting(leader))
    with pytest.raises(names.NoName):
        names.call(skill("Java"), "!!!", by=acting(leader))


def test_two_skills_become_one_for_gigs_and_people(leader):
    gig = a_published_gig(
        by=leader, title="A sign", skills_needed=["Gold leafing", "Gilding"], skills_gained=["Gold leafing"]
    )
    sam = somebody("Sam Reyes", held=("Gold leafing",), wanted=("Gilding", "Gold leafing"))
    names.merge(skill("Gold leafing"), skill("Gilding"), by=acting(leader), now=clock.now())
    db.session.commit()
    db.session.expire_all()
    assert (list(gig.skills("needed")), list(gig.skills("gained")), gig.needs) == (
        ["Gilding"],
        ["Gilding"],
        ["Gilding"],
    )
    assert skills_named(["gold leafing"]) == [skill("Gilding").id]
    assert found("gold leafing") == ["A sign"]
    people = answer(Question.read("gilding"), "member", for_visitors=True).ids
    assert people == (sam.id,)
    with pytest.raises(names.SameSkill):
        names.merge(skill("Gilding"), skill("gold leafing"), by=acting(leader), now=clock.now())


def test_a_list_is_brought_in_once_and_names_what_it_leaves_out(leader):
    a_published_gig(by=leader, title="A page", skills_needed=["TypeScript"])
    sheet = read_sheet(b"name;aliases\nJavaScript;js|ECMAScript\nTypeScript;ts\n;nothing\nJava;javascript\n")
    brought = bring_in_skills(sheet, by=leader.id)
    assert (brought.new, brought.known, [number for number, _ in brought.refused]) == (2, 1, [3])
    assert found("ts") == ["A page"]
    # JavaScript stands by itself: Java's list cannot take its name.
    assert skills_named(["javascript"]) != skills_named(["java"])
    again = bring_in_skills(sheet, by=leader.id)
    assert (again.new, again.known) == (0, 3)


@pytest.mark.skipif(not ESCO.exists(), reason="the European list of skills is not here")
def test_the_european_list_comes_in_whole(leader):
    brought = bring_in_skills(read_sheet(ESCO.read_bytes()), by=leader.id)
    assert brought.new + brought.known + len({number for number, _ in brought.refused}) >= 4_199
    assert brought.new > 3_800
    assert db.session.scalar(select(func.count()).select_from(SkillName).where(scoped(SkillName))) > 10_000
    db.session.commit()


def test_words_that_members_bring_wait_for_a_leader(leader, browser):
    a_published_gig(by=a_member(), skills_needed=["Gold leafing", "Gilding"])
    ines = browser(leader)
    page = ines.get("/desk/skills").text
    assert "Gold leafing" in page
    one, other = skill("Gold leafing"), skill("Gilding")
    ines.post(f"/desk/skills/{other.id}/keeping")
    assert str(other.id) not in ines.get("/desk/skills").text
    assert ines.post(f"/desk/skills/{one.id}/merging", data={"into": ""}).status_code == 422
    merged = ines.post(f"/desk/skills/{one.id}/merging", data={"into": "gilding"}, follow_redirects=True).text
    assert "“Gold leafing” is another name of Gilding now." in merged
    assert ines.post(f"/desk/skills/{other.id}/names", data={"name": "Blattgold"}).status_code == 302
    assert "Blattgold" in ines.get(f"/desk/skills/{other.id}").text
    assert "Gilding" in ines.get("/desk/skills?show=all").text
    upload = {"file": (BytesIO(b"name,aliases\nEtching,aquatint\n"), "skills.csv")}
    assert "1 skill is new" in ines.post("/desk/imports/skills", data=upload).text
    assert [one["value"] for one in ines.get("/suggestions/skills?typed=aqua").json] == ["Etching"]


def test_only_those_who_run_the_hall_change_its_words(hall, browser):
    (skill_id,) = skills_named(["Gilding"])
    member = browser(a_member())
    assert member.get("/desk/skills").status_code == 403
    assert member.post(f"/desk/skills/{skill_id}/keeping").status_code == 403
