"""Who may do what, as pages say it: equal to the table below, which is written down by hand."""

import re
from html import unescape

import pytest
from sqlalchemy import update

from app.core.database import db
from app.policies import POLICIES
from app.powers.matrix import ABOUT_A_THING, ABOUT_WHO_ASKS, ROLES, power
from app.powers.words import CONDITIONS, PARTS
from tenants.models import Tenant
from tests.factories import a_member

# For a marketplace that anyone may see and where members may post. Columns: visitor, member, expert, category leader,
# moderator, admin, leader. `+` always, `-` never, `*` under the conditions that follow (ways parted by “|”); `^` as the member.
POWERS = """
see the hall                              + + + + + + +
look around as a member                   - + + + + + +
see a member                              + + + + + + +
edit a profile                            - * * * * * * is_self
edit a piece of a portfolio               - * * * * * * shows_it
post a gig                                - + + + + + +
edit a gig                                - * * * * * * is_author is_editable
publish a gig                             - * * * * * * is_author is_draft
run a gig                                 - * * * * * * is_author
take what was suggested for a gig         - * * * * * * is_author
decline what was suggested for a gig      - * * * * * * is_author
take back what one suggested for a gig    - * * * * * * suggested_it
say whether a gig becomes one with another - * * * * * * is_asked
take back that two gigs become one        - * * * * * * asked_for_it
let a gig be live again                   - * * * * * * is_author
see what waits for review                 - - - + + + +
remove a gig                              - - - - * * * has_been_sent
work at a category's desk                 - - - * + + + leads_it
edit a category                           - - - * - + + leads_it
see how a category does                   - - - * - + + leads_it
write a category's news and reading list  - - - * - + + leads_it
see who is kept from a category           - - - * + + + leads_it
delegate duties of a category             - - - * - + + leads_it
appoint who leads a category              - - - - - - +
see a term of office                      - * * * * * + owns_it
do what every member may                  - + + + + + +
manage the hall                           - - - - - + +
manage the money                          - - - - - - +
manage members                            - - - - - + +
give and take roles                       - - - - - - +
remove a member                           - - - - * * * outranks
lift a ban                                - - - - - + +
invite people                             - - - - + + +
bring lists in                            - - - - - + +
moderate                                  - - - - + + +
decide what follows a broken rule         - - - - * * * outranks
ask somebody else to look at a decision   - * * * * * * is_concerned
answer an appeal                          - - - - * * * did_not_decide_it
speak of somebody                         - + + + + + +
raise a hand for a gig                    - * * * * * * is_live
see an application                        - * * * * * * is_party
withdraw an application                   - * * * * * * is_applicant
be a side of an agreement                 - * * * * * * is_party
hand over work                            - * * * * * * is_worker
answer what was handed over               - * * * * * * is_client
pay for work                              - * * * * * * is_client
have earned by work                       - * * * * * * is_worker
settle a dispute                          - - - - * * * is_no_party was_disputed
endorse skills of the other side          - * * * * * * is_party
read what the people of a project write   - * * * * * * reads_along
write into a project                      - * * * * * * takes_part
coordinate a project                      - * * * * * * coordinates_it
answer a part in a project                - * * * * * * is_in_view
ask somebody to lead a project on         - * * * * * * may_hand_it_over
say whether one leads a project on        - * * * * * * is_asked_to_lead
ask to be vetted                          - + + + + + +
settle what those who decide differ about - - - - - * * is_about_another
take back what one asked to be vetted for - * * * * * * owns_it
ask a category's experts                  - + + + + + +
look after a question of one's own        - * * * * * * owns_it
begin to write to somebody                - + + + + + +
read a thread                             - * * * * * * is_party
run an alert                              - * * * * * * owns_it
decide what of others' words is shown     - * * * * * * is_meant
take back one's words for somebody        - * * * * * * is_author
withdraw a review that one took elsewhere - * * * * * * owns_it
decide whether one's name is told elsewhere - * * * * * * is_author
read a page of the hall's own             * + + + + + + is_for_anyone
see what memberships there are            + + + + + + +
buy and look after a membership           - + + + + + +
see one's own gigs                        - + + + + + +
see where one raised a hand               - + + + + + +
see one's own agreements                  - + + + + + +
see one's own messages                    - + + + + + +
look up words and places while typing     - + + + + + +
pay for showing a gig                     - * * * * * * is_author
end what was agreed, or ask a leader to look - * * * * * * is_party
review the other side                     - * * * * * * is_party
ask that one member may act for another   - + + + + + +
consent to a mandate                      - * * * * * * is_meant
witness somebody's consent to a mandate   - - - - - * * is_no_party
act for somebody                          - * * * * * * owns_it
"""

# Permissions whose conditions differ by role.
SEE_GIG = {
    "visitor": "is_for_everybody is_live",
    "member": "is_author | is_live",
    "expert": "is_author | is_live",
    "category_leader": "has_been_sent leads_its_category | is_author | is_live",
    "moderator": "has_been_sent | is_author | is_live",
    "admin": "has_been_sent | is_author | is_live",
    "leader": "has_been_sent | is_author | is_live",
}
REVIEW_GIG = dict.fromkeys(("moderator", "admin", "leader"), "has_been_sent") | {
    "visitor": "-",
    "member": "-",
    "expert": "-",
    "category_leader": "has_been_sent leads_its_category",
}

SEE_AGREEMENT = dict.fromkeys(ROLES, "is_party") | {
    "visitor": "-",
    "moderator": "is_party | was_disputed",
    "admin": "is_party | was_disputed",
    "leader": "is_party | was_disputed",
}


def _written(line):
    permission, marks = re.match(r"(.*?)\s+([-+*] .*)", line).groups()
    marks = marks.split()
    cells, conditions = marks[: len(ROLES)], " ".join(sorted(marks[len(ROLES) :]))
    return permission, [conditions if cell == "*" else cell for cell in cells]


def _found(permission, role):
    found = power(permission, role)
    if found.is_always:
        return "+"
    return " | ".join(sorted(" ".join(sorted(asks.__name__ for asks in way)) for way in found.ways)) or "-"


SEE_MEASURE = (
    dict.fromkeys(ROLES, "is_concerned")
    | {"category_leader": "is_concerned | leads_its_category"}
    | dict.fromkeys(("moderator", "admin", "leader"), "+")
    | {"visitor": "-"}
)


LITERAL = dict(_written(line) for line in POWERS.strip().splitlines()) | {
    "see a gig": [SEE_GIG[role] for role in ROLES],
    "review a gig": [REVIEW_GIG[role] for role in ROLES],
    "suggest how a gig would better read": [
        REVIEW_GIG[role].replace("has_been_sent", "did_not_write_it has_been_sent") for role in ROLES
    ],
    "make one gig of two": [
        *["-", "is_author is_live", "is_author is_live", "has_been_sent leads_its_category | is_author is_live"],
        *["has_been_sent | is_author is_live"] * 3,
    ],
    "end a delegated duty": ["-", "owns_it", "owns_it", "leads_its_category | owns_it", "owns_it", "+", "+"],
    "see whom a gig of one's own suits": ["-", *["coordinates_it | is_author"] * 6],
    "see who raised a hand for a gig": ["-", *["coordinates_it | is_author"] * 6],
    "see a mandate": ["-", *["is_party"] * 4, "+", "+"],
    "end a mandate": ["-", *["is_party"] * 4, "+", "+"],
    "answer an application": ["-", *["coordinates_its_gig | is_author_of_its_gig"] * 6],
    "make a project of a request": [
        *["-", "-", "advises_its_category is_live", "is_live leads_its_category"],
        *["-"] * 3,
    ],
    "see a project": ["-", *["is_party"] * 4, *["acts_for_hall | is_party"] * 2],
    "decide about a project as its client": ["-", *["is_client"] * 4, *["acts_for_hall | is_client"] * 2],
    "answer a report of a gig": [
        *["-", "-", "-", "did_not_write_it leads_its_category"],
        *["did_not_write_it"] * 3,
    ],
    "ask people for a gig of others": ["-", "-", "-", "is_live leads_its_category", "-", "is_live", "is_live"],
    "ban somebody from one category": [
        *["-", "-", "-", "has_no_role_there leads_its_category"],
        *["has_no_role_there"] * 3,
    ],
    "take a decision back": [
        *["-", "-", "-", "is_about_another leads_its_category"],
        *["is_about_another is_no_ban", "is_about_another", "is_about_another"],
    ],
    "offer terms to an applicant": ["-", *["coordinates_its_gig | is_author_of_its_gig"] * 6],
    "take down a review from elsewhere": ["-", "owns_it", "owns_it", "owns_it", "+", "+", "+"],
    "see what was decided about somebody": [SEE_MEASURE[role] for role in ROLES],
    "see what somebody shows to be vetted": [
        *["-", "owns_it", "advises_its_category | owns_it", "leads_its_category | owns_it", "owns_it"],
        *["+"] * 2,
    ],
    "decide whether somebody is vetted": [
        *["-", "-", "advises_its_category is_about_another", "is_about_another leads_its_category", "-"],
        *["is_about_another"] * 2,
    ],
    "read a question to experts": [
        *["is_published", "is_party | is_published", "advises_its_category is_unanswered | is_party | is_published"],
        "is_party | is_published | is_unanswered leads_its_category",
        *["is_party | is_published | is_unanswered"] * 3,
    ],
    "answer a question to experts": [
        *["-", "-", "advises_its_category is_about_another", "is_about_another leads_its_category"],
        *["-"] * 3,
    ],
    "see an agreement": [SEE_AGREEMENT[role] for role in ROLES],
}


def test_the_table_written_here_holds_every_permission():
    assert set(LITERAL) == set(POLICIES)


@pytest.mark.parametrize("permission", sorted(POLICIES))
def test_each_role_may_what_is_written(hall, permission):
    assert [_found(permission, role) for role in ROLES] == LITERAL[permission]


def test_every_question_of_the_table_is_understood():
    asked = {holds for policy in POLICIES.values() for row in policy for holds in row}
    assert asked - ABOUT_WHO_ASKS - ABOUT_A_THING.keys() == set()
    assert CONDITIONS.keys() == ABOUT_A_THING.keys()


def test_the_page_has_words_for_every_permission_once():
    shown = [permission for _, rows in PARTS for permission in rows]
    assert sorted(shown) == sorted(POLICIES)


def _rows(page):
    """Return the page's rows: what somebody may do, and for each role in which words."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    cells = {unescape(name.split("<")[0].strip()): re.findall(r"<td>(.*?)</td>", rest, re.S) for name, rest in rows}
    return {
        name: ["Yes" if 'aria-label="Yes"' in cell else re.sub(r"<[^>]+>", "", cell).strip("–") for cell in row]
        for name, row in cells.items()
    }


def test_the_page_shows_the_table(hall, browser):
    rows = _rows(browser(a_member()).get("/powers").text)
    assert len(rows) == len(POLICIES)
    assert rows["Remove a member"] == [*["No"] * 4, *["somebody with less say"] * 3]
    assert rows["See the marketplace"] == ["Yes"] * 7


def test_a_closed_marketplace_shows_visitors_only_pages_that_are_for_anyone(hall, browser):
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(who_may_see="members"))
    db.session.commit()
    rows = _rows(browser(a_member()).get("/powers?who=visitor").text)
    assert [name for name, (cell,) in rows.items() if cell != "No"] == ["Read the marketplace’s own pages"]
