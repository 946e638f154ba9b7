"""Pages that are there only once something has come about: somebody was banned, an edit waits, a list has come in."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

LIST = "Title,Pay,Skills\nPaint a wall,£20,Painting\n,£20,\n"

Stop = tuple[UUID | None, str]


def turns(demo: Any, leader: UUID, member: UUID) -> Iterator[Stop]:
    """Give those pages: who looks (None: whoever holds the link), and where."""
    query = "SELECT members.id FROM hall, members WHERE tenant_id = here AND standing = 'banned' LIMIT 1"
    yield leader, f"/desk/members/{demo.rows(query)[0].id}/pardon"
    query = "SELECT gig_id FROM hall, gig_edits WHERE tenant_id = here AND state = 'waiting' LIMIT 1"
    yield leader, f"/gigs/{demo.rows(query)[0].gig_id}/edit/return"
    yield member, "/rules/acceptance"
    yield None, demo.unsubscribing(member)
    yield leader, begun(demo, leader)
    finished = begun(demo, leader)
    demo.finishes(finished)
    yield leader, finished


def list_to_look_over(demo: Any, leader: UUID) -> tuple[str, str]:
    """Bring a list of gigs in that waits to be looked over; return the addresses of its columns and of its preview."""
    browser = demo.browser(leader)
    sent = browser.post("/desk/imports/", data={"file": (BytesIO(LIST.encode()), "list.csv"), "kind": "gigs"})
    columns = sent.headers["Location"]
    chosen = {"column_0": "title", "column_1": "pay", "currency": "GBP", "as_drafts": "True"}
    return columns, browser.post(columns, data=chosen).headers["Location"]


def begun(demo: Any, leader: UUID) -> str:
    """Return the address of a list that is coming in; nothing works on it."""
    _, preview = list_to_look_over(demo, leader)
    return str(demo.browser(leader).post(preview.replace("/preview", "/run")).headers["Location"])
