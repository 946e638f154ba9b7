"""Who was vetted in the demo, and who waits to be."""

from datetime import datetime, time, timedelta
from functools import partial

from app.categories.vocabulary import skills_named
from app.experts.models import Bench, Vetting
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall

_READS_IT = timedelta(hours=20)


def tell_of_experts(hall: Hall) -> None:
    """Let categories settle how they vet, and people ask; each on its day."""
    for slug, category in hall.content.categories.items():
        for entry in category.get("vetting", ()):
            what = f"{entry['by']} asks to be vetted in {slug}"
            moment = hall.days.moment(entry["on"], usually=time(18, 30), salt=what)
            hall.story.on(moment, what, partial(_ask, hall, slug, entry))


def _ask(hall: Hall, slug: str, entry: Entry, moment: datetime) -> None:
    category, terms = hall.categories[slug], hall.content.categories[slug].get("bench")
    settler = hall.actor(hall.content.categories[slug]["leaders"][0])
    if terms is not None and not Bench.of(category.id).levels:
        settled = {"levels": terms["levels"], "months": terms["months"], "wants": unwrapped(terms["wants"])}
        Bench.settle(category, settled | {"is_open": True}, by=settler)
    by = hall.actor(entry["by"])
    skills = skills_named([entry["skill"]], by=by.id) if "skill" in entry else []
    vetting = Vetting.ask(
        category,
        by=by,
        skill_id=skills[0] if skills else None,
        level=entry.get("level", ""),
        words=unwrapped(entry["words"]),
        evidence=entry.get("evidence", ""),
        links=entry.get("links", ()),
        now=moment,
    )
    for number, said in enumerate(entry.get("said", ())):
        vetting.say(
            said["yes"],
            by=hall.actor(said["by"]),
            why=unwrapped(said["why"]),
            level=said.get("level", ""),
            worked_together=said.get("worked_together", ""),
            now=moment + _READS_IT * (number + 1),
        )
