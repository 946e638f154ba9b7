"""Who may see and do what to whose gig. What is hidden is not found (404) before it could be refused (403)."""

import pytest

from app.core.database import db
from tests.factories import a_category, a_category_leader, a_gig, a_leader, a_member
from tests.gigs.test_states import in_state

#        visitor  member  author  its leader  another's leader  moderator
OPEN = (200, 200, 200, 200, 200, 200)
ASKED_IN = (302, 200, 200, 200, 200, 200)
AUTHOR_ONLY = (302, 403, 200, 403, 403, 403)
AUTHOR_ACTS = (302, 403, 302, 403, 403, 403)
REVIEWERS_ACT = (302, 403, 403, 302, 403, 302)
HIDDEN_DRAFT = (404, 404, 200, 404, 404, 404)

CASES = [
    ("GET", "", "open", OPEN),
    ("GET", "", "closed", OPEN),
    ("GET", "", "for members", ASKED_IN),
    ("GET", "", "draft", HIDDEN_DRAFT),
    ("GET", "", "in_review", (404, 404, 200, 200, 404, 200)),
    ("GET", "", "removed", (404, 404, 200, 200, 404, 200)),
    ("GET", "/edit", "open", AUTHOR_ONLY),
    ("GET", "/edit", "in_review", (404, 404, 403, 403, 404, 403)),
    ("GET", "/edit", "closed", (302, 403, 403, 403, 403, 403)),
    ("GET", "/steps/what", "draft", HIDDEN_DRAFT),
    ("POST", "/steps/what", "draft", (404, 404, 422, 404, 404, 404)),
    ("POST", "/steps/what/autosave", "draft", HIDDEN_DRAFT),
    ("GET", "/preview", "draft", HIDDEN_DRAFT),
    ("POST", "/publication", "draft", (404, 404, 302, 404, 404, 404)),
    ("POST", "/publication", "open", (302, 403, 403, 403, 403, 403)),
    ("POST", "/disposal", "draft", (404, 404, 302, 404, 404, 404)),
    ("GET", "/pause", "open", AUTHOR_ONLY),
    ("POST", "/pause", "open", AUTHOR_ACTS),
    ("POST", "/resumption", "paused", AUTHOR_ACTS),
    ("POST", "/renewal", "expired", AUTHOR_ACTS),
    ("POST", "/recruitment", "open", AUTHOR_ACTS),
    ("POST", "/recruitment/end", "open", AUTHOR_ACTS),
    ("POST", "/copies", "open", AUTHOR_ACTS),
    ("GET", "/closure", "open", AUTHOR_ONLY),
    ("POST", "/closure", "open", AUTHOR_ACTS),
    ("POST", "/withdrawal", "in_review", (404, 404, 302, 403, 404, 403)),
    ("POST", "/approval", "in_review", (404, 404, 403, 302, 404, 302)),
    ("GET", "/return", "in_review", (404, 404, 403, 200, 404, 200)),
    ("POST", "/return", "in_review", (404, 404, 403, 302, 404, 302)),
    ("POST", "/approval", "draft", (404, 404, 403, 404, 404, 404)),
    ("POST", "/edit/withdrawal", "edited", AUTHOR_ACTS),
    ("POST", "/edit/approval", "edited", REVIEWERS_ACT),
    ("POST", "/edit/return", "edited", REVIEWERS_ACT),
    ("GET", "/removal", "open", (302, 403, 403, 403, 403, 200)),
    ("POST", "/removal", "open", (302, 403, 403, 403, 403, 302)),
]


@pytest.mark.parametrize(("method", "path", "state", "expected"), CASES, ids=lambda value: str(value).strip("/"))
def test_each_sees_and_does_what_is_theirs(hall, browser, method, path, state, expected):
    answers = []
    for number in range(len(expected)):
        gig, cast = arranged(state, number)
        client = browser(cast[number])
        answer = client.open(f"/gigs/{gig.id}{path}", method=method, data={"why": "Because."})
        turned_away = answer.status_code == 302 and "/enter" in answer.location
        assert not (turned_away and number > 0)
        answers.append(answer.status_code)
    assert tuple(answers) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/gigs", OPEN),
        ("/gigs/new?draft=0192f3c4-0000-7000-8000-000000000001", (302, 200, 200, 200, 200, 200)),
        ("/gigs/mine", (302, 200, 200, 200, 200, 200)),
        ("/gigs/reviews", (302, 403, 403, 200, 200, 200)),
        ("/categories", OPEN),
        ("/categories/type-0", OPEN),
        ("/categories/nowhere", (404, 404, 404, 404, 404, 404)),
        ("/categories/type-0/edit", (302, 403, 403, 200, 403, 403)),
        ("/categories/type-0/archive", (302, 403, 403, 403, 403, 403)),
        ("/categories/new", (302, 403, 403, 403, 403, 403)),
        ("/gigs/00000000-0000-0000-0000-000000000000", (404, 404, 404, 404, 404, 404)),
    ],
)
def test_each_sees_the_lists_that_are_theirs(hall, browser, path, expected):
    _, cast = arranged("open", 0)

    assert tuple(browser(person).get(path).status_code for person in cast) == expected


def arranged(state: str, number: int):
    """Return a gig in a state, and a visitor, a member, its author, the leaders of its and another category, a moderator."""
    category, another = a_category(f"Type {number}"), a_category(f"Print {number}")
    cast = [
        None,
        a_member(f"Sam Hill {number}"),
        a_member(f"Maya Okafor {number}"),
        a_category_leader(category, f"Tomasz Nowak {number}"),
        a_category_leader(another, f"Priya Raman {number}"),
        a_member(f"Jonas Weber {number}", roles=("moderator",)),
    ]
    author = cast[2]
    columns = {"audience": "members"} if state == "for members" else {}
    if state == "draft":
        gig = a_gig(by=author, category=category, **columns)
    else:
        gig = in_state(
            {"for members": "open", "edited": "open"}.get(state, state), by=author, category=category, **columns
        )
    if state == "edited":
        category.posting_rule = "reviewed"
        gig.revise({"seats": 5}, by=author)
    db.session.commit()
    return gig, cast


def test_a_leader_of_the_hall_may_do_all_of_that_to_categories(hall, browser):
    a_category("Type 0")
    leaders = browser(a_leader())

    assert leaders.get("/categories/type-0/edit").status_code == 200
    assert leaders.get("/categories/type-0/archive").status_code == 200
    assert leaders.get("/categories/new").status_code == 200
