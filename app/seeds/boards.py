"""What leaders of categories write on their pages in the demo."""

from datetime import datetime, time
from functools import partial

from app.categories.noticeboard import CategoryPost, Reading
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall


def tell_of_boards(hall: Hall) -> None:
    """Let leaders of categories post news and recommend what to read, each on its day."""
    for slug, category in hall.content.categories.items():
        for kind, tell in (("news", _post), ("reading", _recommend)):
            for entry in category.get(kind, ()):
                what = f"{slug}: {entry['title']}"
                moment = hall.days.moment(entry["on"], usually=time(9, 30), salt=what)
                hall.story.on(moment, what, partial(tell, hall, slug, entry))


def _post(hall: Hall, slug: str, entry: Entry, moment: datetime) -> None:
    CategoryPost.post(
        hall.categories[slug],
        title=entry["title"],
        text=unwrapped(entry["text"]),
        for_hall=entry.get("for_hall", False),
        by=hall.actor(entry["by"]),
        now=moment,
    )


def _recommend(hall: Hall, slug: str, entry: Entry, moment: datetime) -> None:
    Reading.recommend(
        hall.categories[slug], title=entry["title"], url=entry["url"], why=entry["why"], by=hall.actor(entry["by"])
    )
