"""What the demo's leaders wrote for everybody: their front page, and pages of their own."""

from datetime import datetime, time
from functools import partial

from app.editorial.arrangement import Arrangement
from app.editorial.front_page import FrontPage
from app.editorial.pages import Page, Wording
from app.seeds.content_files import Entry
from app.seeds.hall import Hall

_EVENING = time(19, 40)


def tell_of_the_front(hall: Hall) -> None:
    """Let the leader write pages and arrange the front page, each on its day."""
    arranged = hall.content.front["arranged"]
    hall.story.on(hall.days.moment(arranged["on"], usually=_EVENING), "front page", partial(_arrange, hall, arranged))
    for entry in hall.content.front["page"]:
        written = hall.days.moment(entry["on"], usually=_EVENING, salt=entry["title"])
        hall.story.on(written, f"page {entry['title']}", partial(_write, hall, entry))


def _arrange(hall: Hall, entry: Entry, now: datetime) -> None:
    by, page = hall.actor(hall.leader.id), FrontPage.locked()
    wanted = Arrangement.usual()
    for name in entry.get("up", ()):
        wanted = wanted.moved(name, up=True)
    for name, words in entry["blocks"].items():
        wanted = wanted.worded(name, title=words["title"], text=words["text"].strip())
    page.arrange(wanted, seen=page.edition, by=by, now=now)
    page.publish(seen=page.edition, by=by, now=now)


def _write(hall: Hall, entry: Entry, now: datetime) -> None:
    by = hall.actor(hall.leader.id)
    wording = Wording(entry["title"], entry["text"].strip() + "\n", entry.get("slug", ""), entry.get("for", "anyone"))
    page = Page.begin(wording, by=by, now=now)
    if not entry.get("draft"):
        page.publish(by=by)
