"""Who was vetted in the demo, and who waits to be; what people asked the experts, and what these answered."""

from datetime import datetime, time, timedelta
from functools import partial

from app.categories.vocabulary import skills_named
from app.experts.models import Bench, Question, Vetting
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall

_READS_IT = timedelta(hours=20)
_TAKES_IT, _ANSWERS_IT, _TRIES_IT = timedelta(hours=5), timedelta(hours=9), timedelta(days=2)


def tell_of_experts(hall: Hall) -> None:
    """Let categories settle how they vet, and people ask; each on its day."""
    for slug, category in hall.content.categories.items():
        for entry in category.get("vetting", ()):
            what = f"{entry['by']} asks to be vetted in {slug}"
            moment = hall.days.moment(entry["on"], usually=time(18, 30), salt=what)
            hall.story.on(moment, what, partial(_ask, hall, slug, entry))
        for entry in category.get("question", ()):
            _tell_of_question(hall, slug, entry)


def _tell_of_question(hall: Hall, slug: str, entry: Entry) -> None:
    asked: list[Question] = []
    what = f"{entry['by']} asks in {slug}"
    moment = hall.days.moment(entry["on"], usually=time(12, 10), salt=what)
    hall.story.on(moment, what, lambda now: asked.append(_question(hall, slug, entry, now)))
    if "passed_on" in entry:
        late = hall.days.moment(entry["passed_on"], usually=time(6), salt=what)
        hall.story.on(late, f"nobody takes it: {what}", lambda now: asked[0].end_waiting(now=now))
    if "taken_by" not in entry:
        return
    expert = partial(hall.actor, entry["taken_by"])
    hall.story.on(moment + _TAKES_IT, f"it is taken: {what}", lambda now: asked[0].take(by=expert(), now=now))
    if "answer" not in entry:
        return
    words, answered = unwrapped(entry["answer"]), moment + _ANSWERS_IT
    hall.story.on(
        answered,
        f"it is answered: {what}",
        lambda now: asked[0].reply(words, privately=False, by=expert(), now=now),
    )
    if "helped" in entry:
        said = moment + _TRIES_IT
        hall.story.on(said, f"it helped: {what}", lambda now: asked[0].judge(True, by=hall.actor(entry["by"]), now=now))


def _question(hall: Hall, slug: str, entry: Entry, moment: datetime) -> Question:
    return Question.ask(
        hall.categories[slug],
        by=hall.actor(entry["by"]),
        title=entry["title"],
        words=unwrapped(entry.get("words", "")),
        is_private=entry.get("is_private", False),
        gig=hall.gigs[entry["gig"]] if "gig" in entry else None,
        now=moment,
    )


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
